"""What a county's office waits for: the leader's page, its workbook, the annual report, the check of all published ones.

    python tests/bench/oversight.py [--reports 300] [--villages 100 300] [--keep FOLDER]

Prints one line a figure, in processor time: what was measured, the aim, and what it is compared with: of reports what
the same machine needs to read the files without a rule. What a server counts before its door opens is measured by
itself; then a page when it has just started, when somebody acted in a village since, when nobody did, and on the next
morning.
--keep: the township of `desk.py --keep`, of 300 villages and three years, for 300; the others are built. Asserts
nothing.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import desk
from figures import say
from flask import Flask
from support.annual_reports import FORMATS, filled, layouts
from support.builders import Village
from support.clock import NOON

from bulletin.memory import settle
from bulletin.readers.annual_report.material import read_material
from bulletin.services.oversight.report_check import ReportFile, check_reports
from bulletin.services.oversight.supervision.county import count_townships
from bulletin.web.rate_limits import limiter
from bulletin.wiring import make_app

AIM = 60  # seconds of one core for 300
SMALL = 17  # villages of a township
AIM_PAGE = {True: 150, False: 1000}  # ms, of a small township or of 300 villages
AIM_BOOK = 5000  # ms
AIM_REPORT = 3000  # ms
VILLAGES = 300  # of a township at scale 1


def files(count: int) -> Iterator[tuple[ReportFile, ...]]:
    """Reports of every form and format, again and again; in one audit each stands once."""
    made = [
        (kind, make(layout, filled(layout)))
        for layout in layouts().values()
        for kind, make in FORMATS.items()
    ]
    for first in range(0, count, len(made)):
        some = made[: count - first]
        yield tuple(ReportFile(f"{first + n}.{kind}", data) for n, (kind, data) in enumerate(some))


def check(count: int) -> None:
    audits, forms = list(files(count)), tuple(layouts().values())
    began = time.process_time()
    for file in chain.from_iterable(audits):
        read_material(file.data, file.name)
    reading = time.process_time() - began
    began = time.process_time()
    found = sum(len(each.findings) for audit in audits for each in check_reports(forms, audit))
    took = time.process_time() - began
    said = f"reading alone {reading:.1f} s, {found} findings"
    say(f"{count} published reports checked", f"{took:.1f} s", f"≤ {AIM * count / 300:.0f} s", said)


def supervise(folder: Path, villages: int) -> None:
    """The leader's page of a township in a folder, which is built when there is none."""
    with desk.a_county(folder / "sqlite", "", villages / VILLAGES) as village:
        app = make_app(village.settings, village.site)
        app.extensions["clock"] = lambda: NOON
        limiter.enabled = False
        settle()  # as the server does
        wu = desk.signed_in(app.test_client(), "wu")
        aim = AIM_PAGE[villages <= SMALL]
        wu.get("/desk/supervision?as_of=2026-03-01")  # sets templates and statements up
        took = _spent(partial(count_townships, village.site, NOON))
        say(f"{villages} villages counted before the door opens", f"{took:.0f} ms", f"≤ {aim} ms")
        for words in ("just started", "somebody acted", "kept", "next morning", "and acted"):
            if words == "next morning":
                app.extensions["clock"] = lambda: NOON + timedelta(hours=20)
                wu = desk.signed_in(app.test_client(), "wu")
            if "acted" in words:
                desk.act_somewhere(village)
            took = _milliseconds(partial(wu.get, "/desk/supervision"))
            say(f"leader's page of {villages} villages, {words}", f"{took:.0f} ms", f"≤ {aim} ms")
        took = _milliseconds(partial(wu.get, "/desk/supervision.xlsx"))
        say(f"workbook of {villages} villages", f"{took:.0f} ms", f"≤ {AIM_BOOK} ms")
        report(village, app, villages)


def report(village: Village, app: Flask, villages: int) -> None:
    """The annual report of the year, on its page and as each file, when somebody has acted since it was counted."""
    wang = desk.signed_in(app.test_client(), "wang")
    for what in ("", "/file.docx", "/file.pdf", "/file.html"):
        desk.act_somewhere(village)
        took = _milliseconds(partial(wang.get, f"/desk/annual/{NOON.year}{what}"))
        words = f"annual report of {villages} villages{what and ', '}{what.removeprefix('/file')}"
        say(words, f"{took:.0f} ms", f"≤ {AIM_REPORT} ms")


def _milliseconds(look: Callable[[], Any]) -> float:
    answers: list[Any] = []
    took = _spent(lambda: answers.append(look()))
    if answers[0].status_code != 200:
        raise SystemExit(answers[0].status)
    return took


def _spent(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--villages", type=int, nargs="*", default=[100, VILLAGES])
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    check(asked.reports)
    for villages in (SMALL, *asked.villages):
        kept = asked.keep if villages == VILLAGES else None
        with tempfile.TemporaryDirectory() as folder:
            supervise(kept or Path(folder), villages)


if __name__ == "__main__":
    main()
