"""What changed between two texts: words, cells, blocks; added, removed, moved."""
