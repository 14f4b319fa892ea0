"""Photographs of boards: sent, read, kept as evidence, and without what was removed."""
