"""Who may try to sign in how often, from where, and with what for a password."""
