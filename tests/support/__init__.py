"""What several test files need: builders, databases, servers, photographs."""
