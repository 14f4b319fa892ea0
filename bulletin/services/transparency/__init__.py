"""What lets strangers keep watch over the history, and how we keep watch over that of others."""
