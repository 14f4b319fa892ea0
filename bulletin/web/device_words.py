"""What a page says of the device in the reader's hand: 这台电脑, or on a phone 这台手机.

Sentences are written for a computer, also those that only a script shows. Every page passes through
`on_this_device` (base.html), so that no template has to think of it.
"""

import re

from flask import request
from markupsafe import Markup

COMPUTER, PHONE = "这台电脑", "这台手机"
_PHONES = re.compile(r"Mobi|Android|iPhone|iPod|HarmonyOS|MicroMessenger.*Phone")


def is_phone() -> bool:
    """Whether the browser says that it runs on a phone, by the hint for it or by its name."""
    hint = request.headers.get("Sec-CH-UA-Mobile")
    if hint is not None:
        return hint == "?1"
    return _PHONES.search(request.headers.get("User-Agent", "")) is not None


def on_this_device(page: str) -> str:
    """A page, with the device called what it is."""
    return Markup(str(page).replace(COMPUTER, PHONE)) if is_phone() else page  # noqa: S704 - it was markup
