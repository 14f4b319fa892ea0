"""Duties among thousands: counted in groups, read a page at a time."""
