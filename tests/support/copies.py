"""Years of notices, straight into the tables: what would take the acts an hour."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import insert, select

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import State
from bulletin.store.notices import Edition, EditionContent, Notice
from support.builders import Village, a_notice
from support.clock import NOON

Dated = tuple[State, int, int]  # state, publish day and last day from today


def insert_notices(
    village: Village,
    editions_of: Iterable[Sequence[Dated]],
    *,
    personal: Callable[[int], bool] = lambda _number: False,
) -> None:
    """Copies of one approved notice, with these editions (state, publish day, closing day) each."""
    code = a_notice(village, NOON).approved().code
    with village.site.sessions.writing() as session:
        notice = (
            session.execute(select(Notice.__table__).where(Notice.code == code)).one()._asdict()
        )
        found = select(Edition.__table__).where(Edition.notice_id == notice["id"])
        edition = session.execute(found).one()._asdict()
        written = select(EditionContent.__table__).where(EditionContent.edition_id == edition["id"])
        content = session.execute(written).one()._asdict()
        for number, editions in enumerate(editions_of, start=1):
            key = notice["id"] + number
            copy = {"id": key, "code": f"B{key:09}", "digits": f"{key:011}"}
            copy |= {"register_number": None, "personal": personal(number)}
            session.execute(insert(Notice.__table__), notice | copy)
            rows = [
                edition
                | {"id": 10 * key + place, "notice_id": key, "number": place + 1, "state": state}
                | {"publish_at": NOON + timedelta(days=first, seconds=number)}
                | {"closes_on": village_day(NOON) + timedelta(days=last)}
                for place, (state, first, last) in enumerate(editions)
            ]
            session.execute(insert(Edition.__table__), rows)
            texts = [content | {"edition_id": row["id"]} for row in rows]
            session.execute(insert(EditionContent.__table__), texts)
