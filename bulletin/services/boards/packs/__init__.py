"""公开栏打印包: ordered, divided into parts that any number of workers set, bound."""
