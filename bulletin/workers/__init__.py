"""Who does work that is long: threads of `bulletin serve`, or `bulletin worker` processes that a queue in PostgreSQL calls."""
