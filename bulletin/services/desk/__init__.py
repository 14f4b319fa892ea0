"""The first page of the staff area, and the frame of all its pages."""
