"""What lasts: the only room that speaks SQL. Verbs commit, the store never does."""
