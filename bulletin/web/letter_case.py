"""An address in other letters than it is printed in: some phones lower it, some people type it so."""

import re
from urllib.parse import quote

from flask import Flask, current_app, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

_PARTS = re.compile(r"(<[^>]+>)")
_SAFE = "/:@!$&'()*+,;=~"  # what a path holds as it is
Shape = tuple[
    re.Pattern[str], tuple[str, ...]
]  # what fits a route in any letters, and its fixed parts


def install(app: Flask) -> None:
    """Every route answers in any letters; what stands for a value is left as it was typed."""
    routes = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    app.extensions["shapes"] = [_shape(rule.rule) for rule in routes if rule.endpoint != "static"]
    app.before_request(_to_printed_letters)


def _shape(rule: str) -> Shape:
    parts = _PARTS.split(rule)  # fixed, value, fixed, value, …, fixed
    pattern = "([^/]+)".join(map(re.escape, parts[::2]))
    return re.compile(pattern, re.IGNORECASE), tuple(parts[::2])


def _to_printed_letters() -> Response | None:
    """To the page that the address has in other letters, when it has none in its own."""
    if not isinstance(request.routing_exception, NotFound):
        return None
    path = _in_printed_letters(request.path)
    return None if path is None else led_to(path)


def led_to(path: str) -> Response:
    """On to another path of this site; what stands behind the question mark comes along."""
    query = request.query_string.decode("ascii", "replace")
    return redirect(quote(path, safe=_SAFE) + (f"?{query}" if query else ""))


def _in_printed_letters(path: str) -> str | None:
    """The address that differs in the fewest letters."""
    shapes: list[Shape] = current_app.extensions["shapes"]
    fits = [(match, fixed) for pattern, fixed in shapes if (match := pattern.fullmatch(path))]
    paths = [_joined(match.groups(), fixed) for match, fixed in fits]
    return min(
        (other for other in paths if other != path),
        key=lambda other: sum(a != b for a, b in zip(other, path, strict=True)),
        default=None,
    )


def _joined(values: tuple[str, ...], fixed: tuple[str, ...]) -> str:
    return "".join(part for pair in zip(fixed, (*values, ""), strict=True) for part in pair)
