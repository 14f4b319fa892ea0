"""The door for the terminal."""

from bulletin.cli.main import build, run_cli

__all__ = ["build", "run_cli"]
