"""Residents' pages: no login, no script, no cookies."""
