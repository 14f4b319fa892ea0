"""What residents read, without a login."""
