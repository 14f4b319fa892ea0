"""What is written of a request: its letters, and the ledger as a table to take away."""
