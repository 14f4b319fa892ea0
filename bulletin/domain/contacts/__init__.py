"""How people are reached: the phones that are printed, and where a person wants messages."""
