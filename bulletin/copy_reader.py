"""Reads the public site for its plain-file copy, in as many processes as the machine has cores."""

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from datetime import datetime
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Self

from bulletin.copy_order import CopyOrder, program_of
from bulletin.domain.errors import refuse
from bulletin.domain.languages.language import CHINESE
from bulletin.domain.open_data.copy_parts import CopyPart, PartFiles, is_item, is_notice
from bulletin.memory import end_step, searched_by_step
from bulletin.services.site import Site
from bulletin.services.static_copy.kept_copy import Copied
from bulletin.services.static_copy.parts import copy_part
from bulletin.services.static_copy.write import site_of_copy, write_copy
from bulletin.settings import Settings
from bulletin.store.copies.open import normal_name, open_copy
from bulletin.store.key_folder import KeyFolder
from bulletin.store.run_alone import EnsureAlone, alone
from bulletin.web import desk, public
from bulletin.web.static_export import CopyBrowser, CopyWords
from bulletin.wiring import make_app, open_site

CORES = os.cpu_count() or 1
AT_ONCE = 25  # notices or items that a process reads before it hands them over
OF_PLACE = 25  # as much to read as of so many notices
WORTH_PROCESSES = 12 * AT_ONCE  # notices; fewer are read while processes would start
MAX_AHEAD = 8 * CORES  # loads
BEING_WRITTEN = "copy_being_written"


def copy_site(
    settings: Settings,
    site: Site,
    place: str | Path,
    address: str,
    now: datetime,
    languages: frozenset[str] | None = None,
    *,
    looks_over: bool = False,
) -> Copied:
    """Bring the plain-file copy in a folder or bucket up to date, for the address at which it is published.

    Args:
        place: a folder, or `s3://bucket/prefix`.
        languages: in which pages are written, by their tags; Chinese always is one. None: all of the site.
            Each makes the copy as large again.
        looks_over: whether all files are there, which else the first run of a day does.

    Raises:
        Refused: the address is no name of its own, the site has no such language, the place holds
            something else, or another process writes there (`BEING_WRITTEN`).
    """
    copied = site_of_copy(site, address)
    order = _order(settings, site, address, now, languages)
    kept_at = open_copy(str(place), KeyFolder(settings.data).secret())
    name = normal_name(str(place))
    with (
        searched_by_step(),
        closing(copied.sessions.head),  # of this run alone, and the clock has one each minute
        alone(site.sessions.engine, settings.data, f"copy {name}") as ensure_alone,
    ):
        if ensure_alone is None:
            raise refuse(BEING_WRITTEN, f"另一个进程正在写{place}，等它写完再来。")
        with CopyReader(order, copied, ensure_alone) as reader:
            made_by = program_of(order)
            return write_copy(
                copied, kept_at, now, made_by=made_by, reader=reader, looks_over=looks_over
            )


def made_by(settings: Settings, site: Site, address: str, now: datetime) -> str:
    """By which program and settings the pages of a copy are made; with others all of it is made anew."""
    return program_of(_order(settings, site, address, now, None))


def _order(
    settings: Settings, site: Site, address: str, now: datetime, languages: frozenset[str] | None
) -> CopyOrder:
    live = settings.copy_forms or (site.public_url if site.public_url != address else "")
    beside = languages - {CHINESE.tag} if languages is not None else None
    return CopyOrder(settings, address, now, live, beside)


class CopyReader:
    """Reads parts in this process, or in several when there are many; these wait for more until it is left."""

    def __init__(self, order: CopyOrder, site: Site, ensure_alone: EnsureAlone) -> None:
        self._order, self._site, self._ensure_alone = order, site, ensure_alone
        self._browser = _browser(order, site)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def expect(self, keys: Collection[str]) -> None:
        """Have other processes begin to start, where there is so much to read that they are worth it."""
        is_much = sum(1 if _is_small(key) else OF_PLACE for key in keys) >= WORTH_PROCESSES
        if self._pool is None and is_much and CORES > 1:
            self._pool = ProcessPoolExecutor(
                CORES - 1, _processes(), initializer=_start, initargs=(self._order,)
            )
            for _ in range(CORES - 1):
                self._pool.submit(_read_here, ())

    def parts(self, keys: Sequence[str]) -> Iterator[list[PartFiles]]:
        """Parts by their keys, load after load; one of which nothing may be read has no files.

        Raises:
            DBAPIError: another process may have begun to write the copy; the next run completes this one.
        """
        self.expect(keys)
        loads = _loads(keys)
        if self._pool is not None:
            return map(self._while_alone, self._read_along(self._pool, loads))
        return (self._while_alone(self._read(load)) for load in loads)

    def _while_alone(self, parts: list[PartFiles]) -> list[PartFiles]:
        self._ensure_alone()
        return parts

    def _read_along(
        self, pool: ProcessPoolExecutor, loads: Iterable[Sequence[str]]
    ) -> Iterator[list[PartFiles]]:
        """Each process has a load and the next one, and this one reads what is more than that.

        No more than `MAX_AHEAD` wait to be written: what is read faster fills no memory.
        """
        ahead: deque[Future[list[PartFiles]]] = deque()
        for load in loads:
            if sum(not each.done() for each in ahead) < 2 * (CORES - 1):
                ahead.append(pool.submit(_read_here, load))
            else:
                ahead.append(_done(self._read(load)))
            while ahead and (ahead[0].done() or len(ahead) >= MAX_AHEAD):
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()

    def _read(self, load: Sequence[str]) -> list[PartFiles]:
        return _read(self._browser, self._site, load, self._order.now)

    def static(self, addresses: Iterable[str]) -> dict[str, bytes]:
        return dict(self._browser.static(addresses))


def _done(parts: list[PartFiles]) -> Future[list[PartFiles]]:
    future: Future[list[PartFiles]] = Future()
    future.set_result(parts)
    return future


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


def _loads(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """What is read in one go. A place has hundreds of pages, a notice or an item a handful."""
    small = [key for key in keys if _is_small(key)]
    for start in range(0, len(small), AT_ONCE):
        yield small[start : start + AT_ONCE]
    yield from ([key] for key in keys if not _is_small(key))


def _is_small(key: str) -> bool:
    return is_notice(key) or is_item(key)


def _read(browser: CopyBrowser, site: Site, load: Sequence[str], now: datetime) -> list[PartFiles]:
    """The parts of a load, of one picture of the database."""
    with searched_by_step(), site.sessions.one_picture() as session:
        parts = [
            browser.part(
                copy_part(session, site, key, now) or CopyPart(key=key, addresses=(), until=now)
            )
            for key in load
        ]
    end_step()
    return parts


def _processes() -> BaseContext:
    """How processes begin that read along: where the system can, as copies of one that has the program loaded.

    It stays as long as this process, so that the next run of a clock has its readers at once.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    begun = get_context("forkserver")
    pages = (f"{room.__name__}.{name}" for room in (public, desk) for name in room.MODULES)
    begun.set_forkserver_preload([__name__, *pages])
    return begun


# Of a process that reads along: opened once, then asked for load after load.
_opened: list[tuple[CopyBrowser, Site, datetime]] = []


def _start(order: CopyOrder) -> None:
    site = site_of_copy(open_site(order.settings), order.address)
    _opened.append((_browser(order, site), site, order.now))


def _read_here(keys: Sequence[str]) -> list[PartFiles]:
    ((browser, site, now),) = _opened
    return _read(browser, site, keys, now)
