"""有异议: what page and sheet of an edition say of objections, and whether its text says the same."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.catalog.usual_objections import line_of, usual_line
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_end import PostingEnd
from bulletin.domain.errors import Refusal
from bulletin.domain.notices.positions import Position
from bulletin.domain.notices.procedures import FORWARDED
from bulletin.domain.notices.workflow import APPROVED
from bulletin.domain.objections.contradictions import Foot, contradictions
from bulletin.domain.objections.lines import (
    Objection,
    ObjectionLine,
    merged_objections,
    objections_words,
    printed_line,
    read_objection,
)
from bulletin.services.catalog.in_force import adopted
from bulletin.services.duties.posting_end import edition_calendar, edition_end
from bulletin.services.edition_document import edition_document
from bulletin.services.places.phones import body_names
from bulletin.services.site import Site
from bulletin.store.asked_once import asked_once
from bulletin.store.catalogs import Adoption
from bulletin.store.notices import Edition

ISSUER = "发文单位"


def objections_of(session: Session, site: Site, edition: Edition, now: datetime) -> list[Objection]:
    """What an edition prints: of an approved one what was kept, of a draft what the catalog says.

    Editions that were approved before lines were kept say what their papers say.
    """
    if edition.objections:
        return [read_objection(stored) for stored in edition.objections]
    opens_on, _ = expected_period(session, site, edition, now)
    if edition.state in APPROVED:
        return [_printed(site, edition, _line_without_item(edition), "", opens_on)]
    return objections_on(session, site, edition, opens_on)


def objections_on(
    session: Session, site: Site, edition: Edition, opens_on: date
) -> list[Objection]:
    """What an edition that is published on a day has to print, by the catalog of each duty."""
    notice = edition.notice
    if notice.procedure == FORWARDED:  # the village hangs it and can't answer for what it says
        return [Objection(items=(notice.public_title,), to=(ISSUER,), at_any_time=True, reply=None)]
    lines = list(_lines(session, site, edition))
    if not lines:  # its items have left the catalog
        lines = [(notice.public_title, _line_without_item(edition))]
    printed = [_printed(site, edition, line, item, opens_on) for item, line in lines]
    return list(merged_objections(printed))


def _lines(session: Session, site: Site, edition: Edition) -> Iterator[tuple[str, ObjectionLine]]:
    for duty in edition.notice.duties:
        item = adopted(session.get_one(Adoption, duty.adoption_id)).find(duty.item_code)
        if item is not None:
            yield item.title, line_of(item, site.catalog, personal=edition.notice.personal)


def _line_without_item(edition: Edition) -> ObjectionLine:
    of_village = edition.notice.village_id is not None
    kind = PublisherKind.VILLAGERS_COMMITTEE if of_village else PublisherKind.TOWNSHIP
    return usual_line(kind, personal=edition.notice.personal)


def _printed(
    site: Site, edition: Edition, line: ObjectionLine, item: str, opens_on: date
) -> Objection:
    return printed_line(
        line,
        item,
        names=body_names(edition.notice.township),
        opens_on=opens_on,
        calendar=edition_calendar(site, edition),
        reply_days=site.objection_days,
    )


def expected_period(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[date, PostingEnd]:
    """First day and end of display, as fixed or as things stand."""
    opens_on = edition.opens_on or village_day(edition.publish_at or now)
    return opens_on, edition.posting_end or edition_end(session, site, edition, opens_on)


@asked_once
def objection_words(session: Session, site: Site, edition: Edition, now: datetime) -> str:
    """How and until when to object; of several lines each with what it is for."""
    _, end = expected_period(session, site, edition, now)
    return objections_words(objections_of(session, site, edition, now), end.closes_on)


def contradiction_refusals(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[Refusal, ...]:
    """Where the text names another body or other days than what is printed under it."""
    placed = placed_contradictions(session, site, edition, now)
    return tuple(refusal for _, refusal in placed)


def placed_contradictions(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[tuple[Position, Refusal], ...]:
    """The same, each with its place in the text."""
    printed = objections_of(session, site, edition, now)
    opens_on, end = expected_period(session, site, edition, now)
    foot = Foot(printed, opens_on, end.closes_on, edition_calendar(site, edition))
    kinds = [signature.publisher.kind for signature in edition.notice.signatures]
    under = objections_words(printed, end.closes_on)
    items = "、".join(dict.fromkeys(item for each in printed for item in each.items))
    return tuple(
        (
            said.position,
            Refusal(
                "objection_differs",
                f"正文写“{said.quoted}”，下面“有异议”一栏写“{under}”，不一样。请照下面改正文；"
                f"公开事项目录里“{items}”的规定不对的，请乡镇管理员在“公开事项目录”里改。",
            ),
        )
        for said in contradictions(edition_document(edition), foot, kinds)
    )
