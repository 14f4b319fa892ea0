"""Duties and matters: opened, dated, counted again, explained."""
