"""Residents' search: what was typed leads straight to its page, or to a page of what has the words."""
