"""Meetings of a village: who was due and came, what was decided, whether that counts."""
