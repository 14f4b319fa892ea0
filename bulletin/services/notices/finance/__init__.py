"""Money in a notice: its forms, whether it adds up, 明白账, and the ledger that it comes from."""
