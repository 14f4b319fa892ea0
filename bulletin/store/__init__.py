"""What lasts: the only floor that speaks SQL. Acts commit, the store never does."""
