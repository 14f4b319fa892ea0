"""A notice and its first edition, as a draft begins: whose it is, what it is about, how it is reviewed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.codes import new_code, new_digits
from bulletin.domain.deadlines.posting_period import MIN_POSTING_DAYS
from bulletin.domain.notices.content import Document
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.notices.procedures import strictest
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition, EditionContent, Notice, Signature
from bulletin.store.places import Publisher
from bulletin.store.publishers import signs_today


def new_notice(
    session: Session, site: Site, duties: list[Duty], items: list[DisclosureItem], now: datetime
) -> Notice:
    """A notice that answers some duties of one place, with an item for each."""
    publishers = list(dict.fromkeys(signs_today(session, duty.publisher) for duty in duties))
    matters = {duty.matter_id for duty in duties}
    first = duties[0]
    notice = Notice(
        township_id=first.township_id,
        village_id=first.village_id,
        code=new_code(),
        digits=new_digits(),
        procedure=_procedure(site, items),
        personal=any(item.personal for item in items),
        items=[_item_facts(item) for item in items],
        matter_id=first.matter_id if len(matters) == 1 else None,
        phase=first.phase if len(matters) == 1 else None,
        register_publisher_id=publishers[0].id,
        opened_at=now,
        duties=duties,
        signatures=[
            Signature(publisher_id=publisher.id, place=place)
            for place, publisher in enumerate(publishers)
        ],
    )
    session.add(notice)
    session.flush()
    return notice


def notice_without_duty(
    session: Session,
    publisher: Publisher,
    item: dict[str, Any],
    now: datetime,
    *,
    procedure: str,
    personal: bool = False,
) -> Notice:
    """A notice of one place about what no catalog asks for.

    Args:
        item: what it is about, as `items` of a notice keep it: code, title, group, bases.
    """
    notice = Notice(
        township_id=publisher.township_id,
        village_id=publisher.village_id,
        code=new_code(),
        digits=new_digits(),
        procedure=procedure,
        personal=personal,
        items=[item],
        register_publisher_id=publisher.id,
        opened_at=now,
        signatures=[Signature(publisher_id=publisher.id, place=0)],
    )
    session.add(notice)
    session.flush()
    return notice


def _procedure(site: Site, items: list[DisclosureItem]) -> str:
    """The strictest that any of the items asks for."""
    names = {item.procedure for item in items}
    return strictest(p for p in site.procedures.values() if p.name in names).name


def _item_facts(item: DisclosureItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "title": item.title,
        "group": item.group.value,
        "bases": [basis.words() for basis in item.bases],
        **({"openness": item.openness.value} if item.openness else {}),
    }


def new_edition(
    session: Session,
    actor: Actor,
    notice: Notice,
    now: datetime,
    *,
    title: str,
    document: Document,
    number: int = 1,
) -> Edition:
    """A draft with the law's posting period, which the caller may lengthen."""
    edition = Edition(
        township_id=notice.township_id,
        village_id=notice.village_id,
        item_group=notice.items[0]["group"],
        notice=notice,
        number=number,
        title=title,
        state=State.DRAFT,
        state_since=now,
        saved_at=now,
        saved_by=actor.id,
        posting_days=MIN_POSTING_DAYS,
        least_posting_days=MIN_POSTING_DAYS,
        posting_unit="natural",
        content=EditionContent(township_id=notice.township_id, document=document_json(document)),
    )
    session.add(edition)
    session.flush()
    return edition
