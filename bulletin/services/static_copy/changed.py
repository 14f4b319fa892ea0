"""Which parts of the copy an act may have changed, by what the history says it was done to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.open_data.copy_parts import SITE, item_key
from bulletin.domain.oversight.annual_report.item import COUNTY, REPORT_ITEM
from bulletin.services.static_copy.parts import all_keys, item_keys
from bulletin.store.duties import Duty, Matter
from bulletin.store.feedback import Feedback
from bulletin.store.history import subjects_after
from bulletin.store.inspections import Inspection
from bulletin.store.meetings import Meeting
from bulletin.store.notices import Notice
from bulletin.store.places import Board, Township, Village


def changed_keys(session: Session, since: int, today: date) -> set[str]:
    """The parts that the entries after number `since` may have changed; not those that only link to them.

    What is done to a village or a township itself, and what this list does not know, may change
    every page.
    """
    keys: set[str] = set()
    with_all_items: set[str] = set()
    for subject in subjects_after(session, since):
        kind, _gap, name = subject.partition(" ")
        if kind not in _OF_KIND:
            return set(all_keys(session, today))
        of_subject = set(_OF_KIND[kind](session, name))
        keys |= of_subject
        if kind not in _OF_FEW_ITEMS:
            with_all_items |= {key for key in of_subject if key[:1] == "V"}
    return keys.union(*(item_keys(session, place, today) for place in with_all_items))


def _notice(session: Session, name: str) -> Iterator[str]:
    """`7KQ2M4XXXX.1`, or the code alone."""
    code = name.partition(".")[0]
    notice = session.scalar(select(Notice).where(Notice.code == code))
    yield f"N/{code}"
    if notice is not None:
        yield from _place(session, notice.township_id, notice.village_id)
        yield from _items(session, notice)


def _items(session: Session, notice: Notice) -> Iterator[str]:
    """The pages of what a notice answers. They name its matter, and so do those of the other phases."""
    place = _code(session, notice.township_id, notice.village_id)
    yield from (item_key(place, item["code"]) for item in notice.items)
    yield from _items_of(session, notice.duties)  # whose village may have merged
    if notice.matter_id is not None:
        yield from _items_of_matter(session, notice.matter_id)


def _items_of_matter(session: Session, matter_id: int) -> Iterator[str]:
    yield from _items_of(session, session.scalars(select(Duty).where(Duty.matter_id == matter_id)))


def _items_of(session: Session, duties: Iterable[Duty]) -> Iterator[str]:
    for duty in duties:
        code = _code(session, duty.township_id, duty.village_id)
        yield item_key(code, duty.item_code)


def _feedback(session: Session, name: str) -> Iterator[str]:
    feedback = session.get(Feedback, int(name))
    if feedback is not None:
        if feedback.notice is not None:
            yield f"N/{feedback.notice.code}"
            yield from _items(session, feedback.notice)
        yield from _place(session, feedback.township_id, feedback.village_id)


def _matter(session: Session, name: str) -> Iterator[str]:
    """The phases of a matter stand on the page of each of its notices."""
    matter = session.get(Matter, int(name))
    if matter is None:
        return
    codes = session.scalars(select(Notice.code).where(Notice.matter_id == matter.id))
    yield from (f"N/{code}" for code in codes)
    yield from _place(session, matter.township_id, matter.village_id)
    yield from _items_of_matter(session, matter.id)


def _duty(session: Session, name: str) -> Iterator[str]:
    duty = session.get(Duty, int(name))
    if duty is None:
        return
    yield from _place(session, duty.township_id, duty.village_id)
    yield from _items_of(session, [duty])
    if duty.matter_id is not None:
        yield from _matter(session, str(duty.matter_id))


def _board(session: Session, name: str) -> Iterator[str]:
    board = session.get(Board, int(name))
    if board is not None:
        for village_id in board.villages:
            yield from _place(session, board.township_id, village_id)


def _meeting(session: Session, name: str) -> Iterator[str]:
    meeting = session.get(Meeting, int(name))
    if meeting is not None:
        yield from _place(session, meeting.township_id, meeting.village_id)


def _inspection(session: Session, name: str) -> Iterator[str]:
    inspection = session.get(Inspection, int(name))
    if inspection is not None:
        yield from _place(session, inspection.township_id, inspection.village_id)


def _report(session: Session, name: str) -> Iterator[str]:
    """`1.2025`: of a township and year. It answers a duty of the township, which its item tells, too.

    `county.2025` stands on the front page alone.
    """
    body = name.partition(".")[0]
    if body == COUNTY:
        yield SITE
        return
    township_id = int(body)
    yield from _place(session, township_id, None)
    yield item_key(_code(session, township_id, None), REPORT_ITEM)


def _nothing(_session: Session, _name: str) -> Iterator[str]:
    """What the township keeps for itself is on no page of residents."""
    return iter(())


def _of_place(session: Session, name: str) -> Iterator[str]:
    """What was done to the catalog or the duties of a village, by its id."""
    village = session.get(Village, int(name)) if name.isdecimal() else None
    if village is not None:
        yield from _place(session, village.township_id, village.id)
    else:
        yield from _every_place(session, "")


def _every_place(session: Session, _name: str) -> Iterator[str]:
    """Who is in office stands on the pages of places, and on no notice."""
    for code in session.scalars(select(Township.code)):
        yield from (f"T/{code}", f"V/{code}")
    yield from (f"V/{code}" for code in session.scalars(select(Village.code)))


def _place(session: Session, township_id: int, village_id: int | None) -> Iterator[str]:
    """The pages of a village, and of the township that has it in its list."""
    code = session.get_one(Township, township_id).code
    yield from (f"T/{code}", f"V/{code}")
    yield f"V/{_code(session, township_id, village_id)}"


def _code(session: Session, township_id: int, village_id: int | None) -> str:
    """Of a village, or of the township itself."""
    if village_id is not None:
        return session.get_one(Village, village_id).code
    return session.get_one(Township, township_id).code


_OF_FEW_ITEMS = {
    "notice",
    "feedback",
    "matter",
    "duty",
    "inspection",
    "report",
}  # others change every item of their places
_OF_KIND: Mapping[str, Callable[[Session, str], Iterator[str]]] = {
    "notice": _notice,
    "feedback": _feedback,
    "matter": _matter,
    "duty": _duty,
    "duties": _of_place,
    "catalog": _of_place,
    "board": _board,
    "meeting": _meeting,
    "person": _every_place,
    "outlet": _every_place,
    "inspection": _inspection,
    "report": _report,
    "inspections": _nothing,
    "escalation": _nothing,
    "training": _nothing,
}
