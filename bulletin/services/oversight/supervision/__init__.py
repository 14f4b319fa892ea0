"""督查: how the villages of a township stand, as of any day."""
