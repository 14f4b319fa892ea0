"""The check for personal data, and what a person decides about its findings."""
