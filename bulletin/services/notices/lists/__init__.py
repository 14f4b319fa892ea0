"""公开件 among years of them: counted in groups, read a page at a time."""
