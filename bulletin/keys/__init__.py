"""Keys: what a site signs with, and how a signature is checked."""
