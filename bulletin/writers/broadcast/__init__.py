"""广播稿: a notice as a loudspeaker reads it."""
