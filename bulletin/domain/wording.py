"""The Chinese words of states, acts and roles; said here once."""
