"""People: accounts and roles, signing in, how each is reached."""
