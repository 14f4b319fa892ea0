"""The public site as plain files: its parts, what changed since the last run, the folder."""
