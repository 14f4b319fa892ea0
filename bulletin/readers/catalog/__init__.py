"""A catalog file becomes rows of items."""
