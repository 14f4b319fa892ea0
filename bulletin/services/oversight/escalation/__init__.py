"""督办、责任追究: what may be issued, what was issued, and what was said to it."""
