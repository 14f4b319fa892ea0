"""Search over all that staff work with: what is asked, and what is found."""
