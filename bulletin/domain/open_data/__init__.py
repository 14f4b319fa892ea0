"""What a board gives away to machines: feeds, and what is read of other boards."""
