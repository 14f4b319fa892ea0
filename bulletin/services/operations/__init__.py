"""Running an installation: check, back up, restore, verify, the demo township."""
