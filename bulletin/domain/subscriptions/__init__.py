"""Who wants to be told of what a place publishes, and how."""
