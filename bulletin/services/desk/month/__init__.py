"""日历: the month of the desk, day by day."""
