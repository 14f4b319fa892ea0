"""Verbs: one act, one transaction, one line of history."""
