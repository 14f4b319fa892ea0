"""Acts and readings by subject: a verb changes (one act, one transaction, one line of history), a noun reads."""
