"""Search: which tokens a text is found by, what a person seeks, which words of a line answer it."""
