"""The plain-file copy: how fast it is written, how much a change costs, and how fast nginx gives it out."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import county_township as county
from figures import say
from processor import processor_of_all
from public_growth import ZHANGJIA
from sqlalchemy import bindparam, insert, select, update
from support.builders import found_village
from support.clock import NOON
from support.nginx import behind_nginx

from bulletin.copy_reader import copy_site
from bulletin.domain.codes import new_code, new_digits
from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import State
from bulletin.services.notices import end
from bulletin.services.site import Site
from bulletin.settings import Settings
from bulletin.store import history_subtrees, schema
from bulletin.store.notices import Edition, Notice
from bulletin.store.people import Person, actor_of
from bulletin.wiring import open_site

ADDRESS, COPIED_AT = "https://gk.huzhu.example.cn", NOON + timedelta(hours=1)
CHANGED = 100  # one notice in so many
CORES, ROUNDS = 2, 3
BARE = "server {\n  root /;\n}"
Rate = Callable[[str, str, int], tuple[float, float]]  # requests a second, µs of each


class Spent(NamedTuple):
    """What a run took, in seconds by the clock and of all processors."""

    clock: float
    processor: float


def export(folder: Path, notices: int, rate: Rate) -> None:
    """All languages of a township with so many notices; then what a change costs; then nginx."""
    filled = filled_township(folder / f"copied-{notices}", notices)
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as scratch:
        data, copy = Path(scratch, "data"), Path(scratch, "copy")
        shutil.copytree(filled, data)
        settings = settings_in(data)
        site = open_site(settings)
        schema.upgrade(site.sessions.engine)  # what was made once may be older
        first = _run(settings, site, copy, COPIED_AT)
        pages = sum(1 for _ in copy.rglob("*.html"))
        in_all = f"{pages:,} pages in {first.clock:.0f} s, {first.processor:.0f} s of processors"
        say(
            "export: pages a second, by the clock",
            f"{pages / first.clock:.0f}",
            "≥ 300",
            f"{in_all}, load {os.getloadavg()[0]:.1f}",
        )
        of_cores = f"{CORES * pages / first.processor:.0f}"
        say(f"export: of {CORES} cores' processor time", of_cores, "≥ 300")
        _again(settings, site, copy, first)
        site.sessions.close()
        _given_out(copy, Path(scratch), rate)


def _run(settings: Settings, site: Site, copy: Path, now: Any) -> Spent:
    began, before = time.perf_counter(), processor_of_all()
    copy_site(settings, site, copy, ADDRESS, now)
    return Spent(time.perf_counter() - began, processor_of_all() - before)


def _again(settings: Settings, site: Site, copy: Path, first: Spent) -> None:
    """Runs after nothing, after something in one village, and after something in all of them."""
    one, all_of_them = published_notices(site)
    for what, changed in (("nothing", []), ("1 %, of one village", one), ("1 %", all_of_them)):
        for code, liaison in changed:
            end.take_down(site, liaison, code, "金额有误", COPIED_AT)
        spent = _run(settings, site, copy, COPIED_AT + timedelta(minutes=5))
        say(
            f"export: after {what} changed, of the first run",
            f"{100 * spent.processor / first.processor:.1f} %",
            "≤ 5 %",
            f"by the clock {100 * spent.clock / first.clock:.1f} % ({spent.clock:.1f} s)",
        )


def published_notices(site: Site) -> tuple[list[Any], list[Any]]:
    """One notice in a hundred with the liaison of its village: of one village, and of all."""
    with site.sessions.reading() as session:
        out = select(Edition.notice_id).where(Edition.state == State.PUBLISHED, Edition.number == 1)
        published = set(session.scalars(out))  # apart: together SQLite tries each with each
        notices = (
            select(Notice.id, Notice.code, Notice.village_id)
            .where(Notice.village_id >= county.FIRST, ~Notice.personal)
            .order_by(Notice.id)
        )
        found = [each for each in session.execute(notices) if each.id in published]
        count = len(found) // CHANGED
        of_one = [each for each in found if each.village_id == county.FIRST][:count]
        others = [each for each in found if each.village_id != county.FIRST]
        of_all = others[:: len(others) // count][:count]
        people = {
            place: actor_of(session, session.get_one(Person, place * 3), village_day(NOON))
            for place in {each.village_id for each in found}
        }
    return tuple(
        [(each.code, people[each.village_id]) for each in some] for some in (of_one, of_all)
    )


def _given_out(copy: Path, scratch: Path, rate: Rate) -> None:
    """Pages of the copy behind nginx as docs/install.md sets it up, over their bytes as one file behind a bare one."""
    notice = next((copy / "N").glob("*.1")).name
    bare = scratch / "bare"
    bare.mkdir()
    pages = {"notice": f"N/{notice}", "front": "", "village": ZHANGJIA.strip("/")}
    for name, path in pages.items():
        shutil.copyfile(copy / path / "index.html", bare / f"{name}.html")
    for name, path in pages.items():
        asked = {copy: f"/{path}/".replace("//", "/"), bare: f"/{name}.html"}
        best = dict.fromkeys(asked, (0.0, 0.0))
        for number in range(ROUNDS):
            for folder, address in asked.items():
                server = BARE if folder == bare else ""
                with behind_nginx(folder, scratch / f"nginx-{name}-{number}", server) as nginx:
                    found = rate(f"{nginx}{address}", "Accept: text/html", os.getpid())
                best[folder] = max(best[folder], found)
        (ours, cost), (floor, least) = best[copy], best[bare]
        said = f"{ours:.0f}/s of {floor:.0f}/s; processor time {least / cost:.2f}"
        say(f"nginx: {name}, of a bare file", f"{ours / floor:.2f}", "≈ 1", said)


# --- the township ------------------------------------------------------------------------------


def filled_township(data: Path, notices: int) -> Path:
    """Villages and three years of notices with codes as they are printed, made once."""
    if not (data / "ready").exists():
        began = time.perf_counter()
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        site = open_site(settings_in(data))
        schema.upgrade(site.sessions.engine)
        county.build(found_village(site, NOON), notices / county.NOTICES)
        _with_codes_and_tree(site)
        site.sessions.close()
        (data / "ready").touch()
        sys.stdout.write(f"{notices:,} notices in {time.perf_counter() - began:.0f} s\n")
    return data


def _with_codes_and_tree(site: Site) -> None:
    """What is read by its address needs a code that holds, and a history its tree."""
    table, subtrees = Notice.__table__, history_subtrees.HistorySubtree.__table__
    with site.sessions.writing() as session:
        ids = session.scalars(select(Notice.id).where(Notice.id >= county.FIRST)).all()
        rows = [{"row": each, "code": new_code(), "digits": new_digits()} for each in ids]
        session.connection().execute(update(table).where(table.c.id == bindparam("row")), rows)
        session.connection().execute(subtrees.delete())
        kept = [
            {"level": level, "index": index, "hash": found}
            for (level, index), found in history_subtrees.computed(session)
        ]
        session.connection().execute(insert(subtrees), kept)


def settings_in(data: Path) -> Settings:
    return Settings(data=data, public_url=ADDRESS, insecure_cookies=True)
