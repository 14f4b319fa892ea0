"""村务公开栏: what a village must disclose, on the wall and on the web, always in agreement."""

__version__ = "0.1.0"
