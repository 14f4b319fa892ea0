"""Reads the public site for its plain-file copy, in as many processes as the machine has cores."""

import os
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import bulletin
from bulletin.domain.errors import refuse
from bulletin.domain.languages.language import CHINESE
from bulletin.domain.open_data.copy_parts import CopyPart, PartFiles
from bulletin.services.site import Site
from bulletin.services.static_copy.folder import Copied
from bulletin.services.static_copy.parts import copy_part
from bulletin.services.static_copy.write import site_of_copy, write_copy
from bulletin.settings import Settings
from bulletin.web.static_export import CopyBrowser, CopyWords
from bulletin.wiring import folder, make_app, open_site

AT_ONCE = 25  # parts that a process reads before it hands them over
WORTH_PROCESSES = 8 * AT_ONCE  # fewer are read before a process has started
PROGRAM = {".py", ".html", ".css", ".js", ".yaml", ".svg", ".po"}  # what pages are made of


@dataclass(frozen=True)
class CopyOrder:
    """What is to be copied: a site as of a moment, published at an address."""

    settings: Settings
    address: str
    now: datetime
    live: str  # where forms are sent; '' when phones can reach the copy alone
    languages: frozenset[str] | None = None  # beside Chinese, by their tags; None: all of the site


def copy_site(
    settings: Settings,
    site: Site,
    path: Path,
    address: str,
    now: datetime,
    languages: frozenset[str] | None = None,
) -> Copied:
    """Bring the plain-file copy in a folder up to date, for the address at which it is published.

    Args:
        languages: in which pages are written, by their tags; Chinese always is one. None: all of the site.
            Each makes the folder as large again.

    Raises:
        Refused: the address is no name of its own, the site has no such language, or the folder holds
            something else.
    """
    copied = site_of_copy(site, address)
    live = site.public_url if site.public_url != address else ""
    beside = languages - {CHINESE.tag} if languages is not None else None
    order = CopyOrder(settings, address, now, live, beside)
    return write_copy(copied, path, now, made_by=_made_by(order), reader=CopyReader(order, copied))


def _made_by(order: CopyOrder) -> str:
    """SHA-256 of the program and the settings that make the pages; with others they may look different."""
    digest = sha256(
        repr(
            (
                order.settings,
                order.address,
                order.live,
                sorted(order.languages if order.languages is not None else ["*"]),
            )
        ).encode()
    )
    program = Path(bulletin.__file__).parent
    places = (program, folder("templates"), folder("schedules"), order.settings.languages)
    for place in places:
        for file in sorted(place.rglob("*")):
            if file.suffix in PROGRAM:
                digest.update(file.read_bytes())
    return digest.hexdigest()


class CopyReader:
    """Reads parts in this process, or in several when there are many."""

    def __init__(self, order: CopyOrder, site: Site) -> None:
        self._order, self._site = order, site
        self._browser = _browser(order, site)

    def parts(self, keys: Sequence[str]) -> Iterator[PartFiles]:
        """Parts by their keys, in any order; one of which nothing may be read has no files."""
        processes = os.cpu_count() or 1
        if len(keys) < WORTH_PROCESSES or processes == 1:
            return _read(self._browser, self._site, keys, self._order.now)
        return self._in_processes(keys, processes)

    def static(self, addresses: Iterable[str]) -> dict[str, bytes]:
        return dict(self._browser.static(addresses))

    def _in_processes(self, keys: Sequence[str], processes: int) -> Iterator[PartFiles]:
        """Two loads ahead for each process: what is read faster than it is written fills no memory."""
        loads = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
        with ProcessPoolExecutor(
            processes, get_context("spawn"), initializer=_start, initargs=(self._order,)
        ) as pool:
            ahead: list[Future[list[PartFiles]]] = []
            for load in loads:
                ahead.append(pool.submit(_read_here, load))
                if len(ahead) >= 2 * processes:
                    yield from ahead.pop(0).result()
            for future in ahead:
                yield from future.result()


def _browser(order: CopyOrder, site: Site) -> CopyBrowser:
    app = make_app(order.settings, site, lambda: order.now)
    if order.languages is not None:
        known, wanted = app.extensions["languages"], {CHINESE.tag, *order.languages}
        _ensure_known(wanted, known)
        app.extensions["languages"] = {tag: known[tag] for tag in known if tag in wanted}
    return CopyBrowser(app, CopyWords(order.now, order.address, order.live))


def _ensure_known(wanted: AbstractSet[str], known: Iterable[str]) -> None:
    if unknown := sorted(wanted - set(known)):
        words = f"这个网站没有这种语言：{'、'.join(unknown)}。现有的是：{'、'.join(known)}。"
        raise refuse("no_such_language", words)


def _read(
    browser: CopyBrowser, site: Site, keys: Iterable[str], now: datetime
) -> Iterator[PartFiles]:
    for key in keys:
        with site.sessions.reading() as session:
            part = copy_part(session, site, key, now)
        yield browser.part(part or CopyPart(key=key, addresses=(), until=now))


# Of a process that reads along: opened once, then asked for load after load.
_opened: list[tuple[CopyBrowser, Site, datetime]] = []


def _start(order: CopyOrder) -> None:
    site = site_of_copy(open_site(order.settings), order.address)
    _opened.append((_browser(order, site), site, order.now))


def _read_here(keys: Sequence[str]) -> list[PartFiles]:
    ((browser, site, now),) = _opened
    return list(_read(browser, site, keys, now))
