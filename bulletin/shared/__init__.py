"""What the web processes of a site count together, on whichever machine: in one process's memory, or in Redis (or Valkey)."""
