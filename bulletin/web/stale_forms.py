"""A form whose session had ended: what it would do and send, for the person to look at before it is sent again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

from bulletin.domain.errors import Refused
from bulletin.domain.labels import Labelled
from bulletin.domain.notices.content import texts
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role
from bulletin.web.field_words import FIELDS
from bulletin.web.form_words import ACTS
from bulletin.web.request_context import site

_CHOICES: Mapping[str, type[Labelled]] = {"step": Act, "role": Role}
_WEB_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True)
class StaleForm:
    act: str
    about: str  # the code of the notice, or ''
    shown: tuple[tuple[str, str], ...]  # (label, words) of each field
    fields: tuple[tuple[str, str], ...]  # as they are sent


def is_own() -> bool:
    """Whether the request says that a page of this site sent it. One that does not say is not ours."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    own = {_origin(request.host_url), _origin(site().public_url)}
    origin = _origin(sender)
    return origin is not None and origin in own


def _origin(address: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or _WEB_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and port else None


def stale_form() -> StaleForm | None:
    """The form of this request; None when it is not one to be offered again."""
    act = ACTS.get(request.endpoint or "")
    if act is None:
        return None
    fields = tuple(
        (name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"
    )
    step = request.form.get("step", "") if request.endpoint == "reviews.step" else ""
    return StaleForm(
        act=_words("step", step) or act,
        about=str((request.view_args or {}).get("code", "")),
        shown=tuple((FIELDS.get(name, name), _words(name, text)) for name, text in fields if text),
        fields=fields,
    )


def _words(name: str, text: str) -> str:
    """What a field holds as a person reads it."""
    if name == "document":
        return _document_words(text)
    if name in _CHOICES and text in {choice.value for choice in _CHOICES[name]}:
        return _CHOICES[name](text).label
    return text


def _document_words(text: str) -> str:
    try:
        return "\n".join(words for words in texts(read_document(json.loads(text))) if words)
    except (ValueError, Refused, RecursionError):
        return text
