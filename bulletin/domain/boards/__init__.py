"""Paper on a board: how long it hung, what it is worth today."""
