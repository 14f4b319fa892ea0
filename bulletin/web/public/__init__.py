"""Residents' pages: no login, no script needed, no cookies. One blueprint a module."""

from importlib import import_module

from flask import Blueprint

MODULES = (
    "apply",
    "ask",
    "board_check",
    "dialogue",
    "feeds",
    "find",
    "listen",
    "pages",
    "paper_check",
    "records",
    "subscriptions",
    "transparency",
)


def blueprints() -> list[Blueprint]:
    return [import_module(f"{__name__}.{name}").bp for name in MODULES]
