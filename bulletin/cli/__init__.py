"""The door for the terminal."""

from bulletin.cli.root import build, run

__all__ = ["build", "run"]
