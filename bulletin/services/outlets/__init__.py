"""Outlets: what is still to be sent or taken out of them, and what was."""
