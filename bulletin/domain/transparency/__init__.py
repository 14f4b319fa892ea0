"""What lets a stranger keep watch over the history: a Merkle tree over it, and its signed head.

Formats: RFC 6962 for the tree; C2SP tlog-tiles, tlog-checkpoint and signed-note for what is served.
"""
