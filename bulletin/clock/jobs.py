"""Which act each tick calls, and the clock's one reading of the time."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime

from bulletin.domain.ticks import (
    BACKUP_TICK,
    DUTIES_TICK,
    HISTORY_COPY_TICK,
    LETTERS_TICK,
    PUBLISH_TICK,
    REMIND_TICK,
)
from bulletin.services.boards.photos import upload
from bulletin.services.duties.follow_catalog import follow_adoptions
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.recalculate import recalculate
from bulletin.services.duties.recalculate_postings import extend_postings
from bulletin.services.left_out import forget_left_out, note_left_out
from bulletin.services.long_jobs.order_job import forget_old_jobs
from bulletin.services.machine_keys import note_keys
from bulletin.services.notices.drafts import keep_file
from bulletin.services.notices.publish import publish_due
from bulletin.services.one_by_one import SomeFailed, one_by_one
from bulletin.services.operations.back_up import daily
from bulletin.services.operations.clear_stray_files import clear_stray_files
from bulletin.services.operations.copy_history import copy_history
from bulletin.services.oversight.annual_report.follow_county_day import follow_county_day
from bulletin.services.oversight.remind import remind
from bulletin.services.oversight.requests.forget_applicants import forget_old_applicants
from bulletin.services.site import Site
from bulletin.services.subscriptions.write_letters import write_letters


def read_clock() -> datetime:
    """This machine's time; the clock's only reading of it."""
    return datetime.now(UTC)  # noqa: TID251 - a door


def _publish(site: Site, now: datetime) -> str:
    return f"published {len(publish_due(site.for_those_here(), now))}"


def _open_duties(site: Site, now: datetime) -> str:
    site = site.for_those_here()
    behind: Collection[str] = ()
    with one_by_one() as steps:
        with steps.turn_of("县里定的年报日子"):
            follow_county_day(site, now)
        with steps.turn_of("换新目录"):
            try:
                followed = follow_adoptions(site, now)
            except SomeFailed as some:
                behind = some.failures
                raise
        with steps.turn_of("排出要公开的"):
            opened = open_duties(site, now, but=behind)
        with steps.turn_of("重算日子"):
            moved = recalculate(site, now)
        with steps.turn_of("顺延公示期"):
            extended = extend_postings(site, now)
    return (
        f"opened {opened} duties, {followed} follow a new catalog, moved {moved} days, "
        f"extended {extended} postings"
    )


def _remind(site: Site, now: datetime) -> str:
    sent = remind(site.for_those_here(), now)
    return f"told {sent.planned} people, delivered {sent.delivered}, failed {sent.failed}"


def _write_letters(site: Site, now: datetime) -> str:
    sent = write_letters(site.for_those_here(), now)
    return (
        f"gathered {sent.gathered} news, sent {sent.letters} letters and {sent.confirmations} "
        f"confirmations, failed {sent.failed}"
    )


_HOUSEKEEPING: Mapping[str, Callable[[Site, datetime], object]] = {
    "记下这台机器的密钥": note_keys,
    "清理没传完的照片": upload.clear_old,
    "清理没人收的文件": keep_file.clear_old,
    "清理旧的排队记录": forget_old_jobs,
}


def _back_up(site: Site, now: datetime) -> str:
    with one_by_one() as steps:
        for what, act in _HOUSEKEEPING.items():
            with steps.turn_of(what):
                act(site, now)
        with steps.turn_of("清理没人用的文件"):
            cleared = clear_stray_files(site, now)
        with steps.turn_of("删去申请人的联系方式"):
            forget_old_applicants(site.for_those_here(), now)
        with steps.turn_of("备份"):
            outcome = daily(site, now)
    return f"{outcome}, cleared {cleared} stray files" if cleared else outcome


def _copy_history(site: Site, _now: datetime) -> str:
    return f"wrote {copy_history(site)} entries"


Act = Callable[[Site, datetime], str]
ELSEWHERE = "another process does it just now"  # what an act says that is to be tried again soon
TICKS: dict[str, Act] = {
    PUBLISH_TICK: _publish,
    DUTIES_TICK: _open_duties,
    REMIND_TICK: _remind,
    LETTERS_TICK: _write_letters,
    HISTORY_COPY_TICK: _copy_history,
    BACKUP_TICK: _back_up,
}


NO_MORE: Mapping[str, Act] = {}  # beside those of every site


def run(name: str, act: Act, site: Site, now: datetime) -> str:
    """One run of a tick; who was left out of it is noted, for whoever asks what is wrong.

    Raises:
        SomeFailed: all others had their turn.
    """
    try:
        said = act(site, now)
    except SomeFailed as some:
        note_left_out(site, name, some.failures, now)
        raise
    forget_left_out(site, name, now)
    return said


def tick_once(
    site: Site,
    now: datetime,
    further: Mapping[str, Act] = NO_MORE,
    say: Callable[[str, str], object] = lambda _name, _outcome: None,
) -> dict[str, str]:
    """One sweep of everything, as `bulletin tick` does it; returns what each tick did, and says it as it is done.

    Raises:
        SomeFailed: of several ticks, once all had their turn.
    """
    said: dict[str, str] = {}
    with one_by_one() as ticks:
        for name, act in (TICKS | dict(further)).items():
            with ticks.turn_of(name):
                said[name] = run(name, act, site, now)
                say(name, said[name])
    return said
