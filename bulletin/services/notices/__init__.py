"""A notice from the first line to the last day: draft, review, publish, correct, end."""
