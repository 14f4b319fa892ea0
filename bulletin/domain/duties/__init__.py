"""What is owed and how it stands: matters, status, coverage, reminders."""
