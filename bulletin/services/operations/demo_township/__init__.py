"""The demo: a township that nobody lives in, to look at."""
