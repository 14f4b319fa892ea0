"""Sheets of one notice, and the other forms for a board."""
