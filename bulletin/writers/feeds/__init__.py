"""Feeds of official boards, one shape a file; each is a function of the same frozen values."""
