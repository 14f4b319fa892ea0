"""Migrates a data folder, and checks what is wrong with it and how to mend it."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy.exc import DBAPIError

from bulletin.domain.codes import check_character
from bulletin.domain.days import instant_words, village_day
from bulletin.domain.errors import Misconfigured
from bulletin.domain.notices.content import Document, Paragraph
from bulletin.domain.ticks import BACKUP_TICK, PUBLISH_TICK
from bulletin.services.history import clock_fault
from bulletin.services.operations.failures import first_line
from bulletin.services.operations.parts.copy_problem import problem_of_copy
from bulletin.services.operations.parts.file_problems import problems_of_files
from bulletin.services.operations.parts.health_problem import HealthProblem
from bulletin.services.operations.parts.problems import (
    problems_of_keys,
    problems_of_parts,
    problems_of_rounds,
)
from bulletin.services.outlets.sound import speech_fault
from bulletin.services.people.directory import administrators
from bulletin.services.public.copy_health import stale_copy
from bulletin.services.public_url import address_fault
from bulletin.services.site import Site
from bulletin.sheets.facts import SheetFacts
from bulletin.store import heartbeat, schema
from bulletin.store.places import the_township, townships

SILENT_AFTER = timedelta(minutes=10)
BACKUP_AFTER = timedelta(days=2)
MIN_FREE = 1024**3  # bytes
ENOUGH_ADMINISTRATORS = 2  # each gives the other a new password
ANNOUNCED_FROM = 11  # November: from then on next year's holidays are to be expected
_SAMPLE_SHEET = SheetFacts(  # set and read back to see that fonts, template and codes are all there
    township="某县某乡",
    village="某村",
    board_title="村务公开栏",
    title="关于村级财务收支情况的公开",
    document=Document((Paragraph("现将有关情况公开如下。"),)),
    publishers=("某村村民委员会",),
    code="ABCDEFGH7" + check_character("ABCDEFGH7"),
    edition=1,
    public_url="https://example.org",
)


def migrate(site: Site) -> str:
    """Create or upgrade the tables; returns the revision.

    Raises:
        Misconfigured: a newer release made them.
    """
    refuse_newer(schema.current_revision(site.sessions.engine))
    schema.upgrade(site.sessions.engine)
    site.queue.prepare()
    return schema.newest_revision()


def refuse_newer(revision: str | None) -> None:
    """Leave alone what a newer release made."""
    if revision is not None and not schema.knows_revision(revision):
        raise Misconfigured(
            f"the database stands at {revision}, which this release does not know: "
            "install the release that last ran here, or a newer one"
        )


def ensure_migrated(site: Site) -> None:
    """Stop before serving a database of another release.

    Raises:
        Misconfigured: with the remedy.
    """
    if schema.may_work_on(site.sessions.engine):
        return
    revision, newest = schema.current_revision(site.sessions.engine), schema.newest_revision()
    if revision is None:
        raise Misconfigured("this data folder is empty: run `bulletin init` (or `bulletin demo`)")
    refuse_newer(revision)
    raise Misconfigured(
        f"the database stands at {revision}, this release needs {newest}: run `bulletin migrate`"
    )


def check(site: Site, now: datetime) -> list[HealthProblem]:
    """Look the site over. Empty: all is well."""
    return list(_problems(site, now))


def _problems(site: Site, now: datetime) -> Iterator[HealthProblem]:
    yield from _problems_of_folders(site)
    yield from _problems_of_sheets(site)
    if fault := speech_fault(site):
        yield HealthProblem(
            f"BULLETIN_SPEECH makes no sound file: {fault}",
            "run its command by hand with two files, and mend the setting",
            grave=False,
        )
    yield from problems_of_parts(site)
    yield from _problems_of_site(site, now)


def _problems_of_folders(site: Site) -> Iterator[HealthProblem]:
    folder = site.data
    for place, what in ((folder, "data folder"), (site.backup_dir, "second folder")):
        if place is None:
            continue
        try:
            place.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as fault:
            yield HealthProblem(
                f"the {what} {place} cannot be written: {fault.strerror}",
                "give it to the user that runs bulletin",
            )
        else:
            free = shutil.disk_usage(place).free
            if free < MIN_FREE:
                yield HealthProblem(
                    f"the disk of the {what} {place} has {free // 1024**2} MB left",
                    "make room: a full disk stops every draft",
                    grave=False,
                )
    if str(folder).startswith(("\\\\", "//")):
        yield HealthProblem(
            f"the data folder {folder} lies on a network share",
            "SQLite needs a disk of this machine: move it, share the pages instead",
        )


def _problems_of_sheets(site: Site) -> Iterator[HealthProblem]:
    try:
        for finding in site.composer.preflight(_SAMPLE_SHEET, site.composer.compose(_SAMPLE_SHEET)):
            yield HealthProblem(f"no sheet can be printed: {finding.sentence}", "mend the template")
    except Exception as fault:  # noqa: BLE001 - whatever it is, nobody can print
        yield HealthProblem(f"no sheet can be set: {fault}", "mend the template or the fonts")


def _problem_of_database(site: Site) -> HealthProblem | None:
    """Why nothing else of the site can be asked; None when it can."""
    try:
        ensure_migrated(site)
    except Misconfigured as fault:
        what, _, remedy = str(fault).partition(": ")
        return HealthProblem(what, remedy)
    except DBAPIError as fault:
        return HealthProblem.of(fault) or HealthProblem(
            f"the database cannot be opened: {first_line(fault)}",
            "check BULLETIN_DATABASE_URL and the disk",
        )
    return None


def _problems_of_site(site: Site, now: datetime) -> Iterator[HealthProblem]:
    if problem := _problem_of_database(site):
        yield problem
        return
    with site.sessions.reading() as session:
        if the_township(session) is None:
            yield HealthProblem("no township yet", "run `bulletin init`")
            return
        if clock_problem := clock_fault(session, now):
            yield HealthProblem(
                clock_problem,
                "set this machine's clock; if it is right now, run `bulletin correct-clock`",
            )
        yield from problems_of_files(site, session, now)
        yield from problems_of_rounds(session)
        yield from problems_of_keys(site, session, now)
        if stale := stale_copy(site, session, now):
            yield problem_of_copy(stale)
        last_tick = heartbeat.last_beat(session, PUBLISH_TICK, now)
        last_backup = heartbeat.last_beat(session, BACKUP_TICK, now)
    yield from _problems_of_people(site, now)
    yield from _problems_of_backups(site, last_backup, now)
    yield from _problems_of_calendar(site, village_day(now))
    if address_problem := address_fault(site.public_url, site.reading_place):
        yield HealthProblem(
            address_problem,
            "set BULLETIN_PUBLIC_URL to the address that residents' phones can open",
            grave=not site.rehearsal,
        )
    if last_tick is None or now - last_tick > SILENT_AFTER:
        last = instant_words(last_tick) if last_tick else "never"
        yield HealthProblem(
            f"the clock is silent, last tick: {last}",
            "start `bulletin serve` or `bulletin clock`",
            grave=False,
        )


def _problems_of_people(site: Site, now: datetime) -> Iterator[HealthProblem]:
    with site.sessions.reading() as session:
        places = townships(session)
    counts = Counter(each.code for each in administrators(site, now))
    for place in places:
        if counts[place.code] < ENOUGH_ADMINISTRATORS:
            have = "only one administrator" if counts[place.code] else "no administrator"
            yield HealthProblem(
                f"{place.name} has {have}: a lost password would lock everybody out",
                "`bulletin people add LOGIN --name NAME --role administrator`",
                grave=False,
            )


def _problems_of_calendar(site: Site, today: date) -> Iterator[HealthProblem]:
    """The State Council announces a year's holidays late in the year before."""
    ahead = [today.year] if today.month < ANNOUNCED_FROM else [today.year, today.year + 1]
    for year in ahead:
        if year not in site.calendar.confirmed_years:
            yield HealthProblem(
                f"the holidays of {year} are not known: days that depend on them are provisional (暂定)",
                f"once the State Council has announced them, write schedules/holidays/{year}.yaml "
                "(README.md beside it says how) or install a release that knows them, then restart",
                grave=False,
            )


def _problems_of_backups(
    site: Site, last: datetime | None, now: datetime
) -> Iterator[HealthProblem]:
    if site.backup_dir is None:
        yield HealthProblem(
            "nothing is backed up: there is no second folder",
            "set BULLETIN_BACKUP_DIR to a folder on another disk",
            grave=False,
        )
    elif last is None or now - last > BACKUP_AFTER:
        yield HealthProblem(
            f"the last daily backup: {instant_words(last) if last else 'never'}",
            "start the clock, and see that the second folder can be written",
            grave=False,
        )
