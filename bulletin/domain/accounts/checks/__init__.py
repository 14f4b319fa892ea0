"""Whether the money of a notice adds up, to the fen; each difference with its cell."""
