"""What the history tells of each room, against what the tables say: the parts of `verify`."""
