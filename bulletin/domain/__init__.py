"""The rules and words of disclosure, in the standard library alone."""
