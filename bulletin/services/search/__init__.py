"""Search over all that staff work with: what is asked, what is found, how it is shown."""
