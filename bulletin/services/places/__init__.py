"""Townships, villages, their boards and publishers."""
