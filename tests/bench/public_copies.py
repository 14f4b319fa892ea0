"""The plain-file copy where little changed: what its lists cost alone, and what a bucket is asked beside a folder.

The bucket is the S3 server of the tests on this machine: its requests are what a store far away takes long for.
"""

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import Pipe, Process
from pathlib import Path
from threading import Event
from typing import Any

from figures import say
from public_export import ADDRESS, COPIED_AT, filled_township, published_notices, settings_in
from support.clock import NOON
from support.object_store import ObjectStore

from bulletin.copy_reader import copy_site
from bulletin.domain.codes import new_code
from bulletin.domain.open_data.copy_parts import SITE, PartFiles
from bulletin.services.notices import end
from bulletin.services.static_copy.kept_copy import KeptCopy
from bulletin.store import schema
from bulletin.store.bucket import Bucket
from bulletin.store.copies.folder import CopyInFolder
from bulletin.wiring import open_site

FILES = 500_000
REQUESTS = ("put", "get", "head", "delete", "objects")
STYLES = frozenset(f"/styles/{number:032x}.css" for number in range(4))
# Of a county: the items and the pages of each village, in two languages.
VILLAGES, ITEMS, PAGES = 300, 40, 10
OF_NOTICE = ("", ".1", ".1.1")


def copies(folder: Path, notices: int) -> None:
    """The lists of a county's copy; then that of a township with so many notices, in both kinds of place."""
    lists(FILES)
    beside_a_bucket(folder, notices)


# --- in a folder and in a bucket --------------------------------------------------------------


def beside_a_bucket(folder: Path, notices: int) -> None:
    """A township with so many notices: the first run, after nothing changed, after one notice in a hundred did."""
    made = filled_township(folder / f"copied-{notices}", notices)
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as scratch, _store() as store:
        data = Path(scratch, "data")
        shutil.copytree(made, data)
        settings = settings_in(data)
        site = open_site(settings)
        schema.upgrade(site.sessions.engine)  # what was made once may be older
        asked = _counted()
        places = {"folder": str(Path(scratch, "copy")), "bucket": f"s3://{store.new_bucket()}"}
        changed = (
            ("first run", []),
            ("nothing changed", []),
            ("1 % changed", published_notices(site)[1]),
        )
        for minutes, (what, taken_down) in enumerate(changed):
            for code, liaison in taken_down:
                end.take_down(site, liaison, code, "金额有误", COPIED_AT)
            now, spent = COPIED_AT + timedelta(minutes=minutes), {}
            for name, place in places.items():
                asked.clear()
                began = time.perf_counter()
                done = copy_site(settings, site, place, ADDRESS, now)
                spent[name] = time.perf_counter() - began
            files = done.new + done.changed + done.gone
            say(
                f"bucket: {what}, of a folder",
                f"{spent['bucket'] / spent['folder']:.1f} ×",
                "≤ 1.5 ×",
                f"{spent['bucket']:.1f} s of {spent['folder']:.1f} s; {files:,} files of {done.same + files:,}, "
                + ", ".join(f"{count:,} {each}" for each, count in asked.most_common()),
            )
        site.sessions.close()


def _counted() -> Counter[str]:
    """Which requests are sent to a bucket, from here on."""
    asked: Counter[str] = Counter()

    def counted(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any) -> Any:
            asked[name] += 1
            return act(*given)

        return ask

    for name in REQUESTS:
        setattr(Bucket, name, counted(name, getattr(Bucket, name)))
    return asked


@contextmanager
def _store() -> Iterator[ObjectStore]:
    """In a process of its own: it works as long as those who ask."""
    ours, theirs = Pipe()
    process = Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    store = ObjectStore()
    store.port = ours.recv()
    os.environ.update(store.environment)
    yield store
    process.terminate()


def _serve(ready: Any) -> None:
    store = ObjectStore()
    store.start()
    ready.send(store.port)
    Event().wait()


# --- the lists alone ---------------------------------------------------------------------------


class Unwritten(CopyInFolder):
    """A folder that keeps what is known of its pages, without the pages."""

    def write(self, files: Mapping[str, bytes]) -> None:
        super().write({path: data for path, data in files.items() if path.startswith(".lists/")})

    def settle(self, paths: Any) -> None:
        super().settle(path for path in paths if path.startswith(".lists/"))


def lists(files: int) -> None:
    """Of a copy of so many files: after nothing changed, and after one village did, with ten notices."""
    codes = [new_code() for _ in range((files - VILLAGES * 2 * (ITEMS + PAGES)) // 7)]
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as place:
        first = _listed(place, [*map(_notice, codes), *_villages(range(VILLAGES)), _front("a")])
        say(f"lists of {files:,} files: first run", f"{first:.1f} s", "")
        changed = {
            "nothing": [_front("b")],
            "one village": [
                *(_notice(c, "b") for c in codes[:10]),
                *_villages([7], "b"),
                _front("c"),
            ],
        }
        for what, parts in changed.items():
            spent = _listed(place, parts)
            say(
                f"lists of {files:,} files: {what} changed",
                f"{spent:.2f} s",
                "≤ 0.3 s",
                f"of the first run {100 * spent / first:.1f} %",
            )


def _listed(place: str, parts: list[PartFiles]) -> float:
    """Processor seconds of a run."""
    began = time.process_time()
    copy = KeptCopy(Unwritten(Path(place)), NOON)
    copy.lists.due(NOON)
    for start in range(0, len(parts), 1_000):
        copy.put_all(parts[start : start + 1_000])
    copy.lists.static()
    copy.close("x", 1)
    return time.process_time() - began


def _notice(code: str, text: str = "a") -> PartFiles:
    pages = (f"{tag}N/{code}{tail}/index.html" for tag in ("", "en/") for tail in OF_NOTICE)
    return _part(f"N/{code}", [*pages, f"N/{code}/content.txt"], text)


def _villages(numbers: Any, text: str = "a") -> Iterator[PartFiles]:
    for number in numbers:
        key = f"V/6302{number:08}"
        for item in (f"{key}/catalog/i{each}" for each in range(ITEMS)):
            yield _part(item, [f"{tag}{item}/index.html" for tag in ("", "en/")], text)
        yield _part(
            key, [f"{t}{key}/{n}/index.html" for t in ("", "en/") for n in range(PAGES)], text
        )


def _front(text: str) -> PartFiles:
    return _part(SITE, [f"{number}/index.html" for number in range(60)], text)


def _part(key: str, paths: list[str], text: str) -> PartFiles:
    return PartFiles(
        key=key,
        until=NOON + timedelta(days=80),
        files={path: text.encode() for path in paths},
        notices=frozenset(),
        static=STYLES,
    )
