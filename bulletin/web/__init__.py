"""The door for browsers: residents without a login, the desk with one."""

from bulletin.web.app import create_app

__all__ = ["create_app"]
