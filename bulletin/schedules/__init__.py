"""Reads the top-level folder schedules/: YAML to domain objects, faults with file and line."""
