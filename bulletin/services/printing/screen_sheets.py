"""Sheets and their pages as they are looked at on a screen: kept for as long as somebody turns the pages."""

from dataclasses import replace
from threading import Lock

from cachetools import LRUCache

from bulletin.domain.digests import sha256_hex
from bulletin.domain.formats import Paper
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet, SheetFacts

_PREVIEWS: LRUCache[str, PrintedSheet] = LRUCache(32)  # some 100 KB each
_PICTURES: LRUCache[tuple[str, int, int], bytes] = LRUCache(64)  # some 200 KB each
_LOCK = Lock()


def previewed(site: Site, facts: SheetFacts, paper: Paper) -> PrintedSheet:
    """A sheet as it would be set now; the pages of one that was just looked at are not set anew."""
    images = dict.fromkeys(facts.images, b"")  # named by their SHA-256
    words = f"{replace(facts, images=images)}|{paper}|{site.composer.look(site.public_url)}"
    key = sha256_hex(words.encode())
    with _LOCK:
        sheet = _PREVIEWS.get(key)
    if sheet is None:
        sheet = site.composer.compose(facts, paper)
        with _LOCK:
            _PREVIEWS[key] = sheet
    return sheet


def drawn(site: Site, sheet: PrintedSheet, page: int, dpi: int) -> bytes:
    """One page (counted from 1) as a PNG, drawn once for as long as it is looked at."""
    key = sha256_hex(sheet.pdf), page, dpi
    with _LOCK:
        picture = _PICTURES.get(key)
    if picture is None:
        picture = site.composer.picture(sheet, page, dpi)
        with _LOCK:
            _PICTURES[key] = picture
    return picture
