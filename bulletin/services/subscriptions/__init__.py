"""Readers who asked to be told: what they asked for, their letters and their own feed."""
