"""Oversight by the township and the county: what they answer for, and report."""
