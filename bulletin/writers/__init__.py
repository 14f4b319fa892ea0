"""Rows become files that people take away: Excel, CSV."""
