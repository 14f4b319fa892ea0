"""The desk: the doors of staff."""

DESK = ()
