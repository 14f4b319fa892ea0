"""Village accounts: the sums that a notice's tables hold."""
