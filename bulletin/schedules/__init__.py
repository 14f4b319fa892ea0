"""Reads the top-level folder schedules/: YAML to domain objects, errors with file and line."""
