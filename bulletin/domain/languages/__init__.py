"""In which language residents read."""
