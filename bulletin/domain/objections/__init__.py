"""有异议: the line of an item, what a text says of objections, where the two contradict each other."""
