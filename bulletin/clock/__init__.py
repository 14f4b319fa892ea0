"""The alarm clock: what runs when, and the process that runs it."""
