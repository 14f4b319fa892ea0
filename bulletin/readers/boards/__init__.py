"""Boards of others, as the web gives them."""
