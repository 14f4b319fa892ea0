"""What a sheet says of an edition, gathered from the records."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.catalog.topics import Topic, topic_of
from bulletin.domain.deadlines.posting_end import end_words
from bulletin.domain.notices.procedures import FORWARDED
from bulletin.domain.notices.workflow import APPROVED
from bulletin.services.edition_document import edition_document
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.history import checkpoint
from bulletin.services.places.phones import phones_of
from bulletin.services.printing.objections import expected_period, objection_words
from bulletin.services.public_url import host_words
from bulletin.services.site import Site
from bulletin.sheets.facts import SheetFacts, Watermark
from bulletin.store.notices import Edition
from bulletin.store.places import Township

DRAFT_MARK: Watermark = "草稿"


def demo_mark(township: Township) -> Watermark:
    """The watermark of every paper of a township whose people and figures are invented."""
    return "演示" if township.demo else ""


def sheet_facts(session: Session, site: Site, edition: Edition, now: datetime) -> SheetFacts:
    """Everything a sheet shows. Number, code and checkpoint appear once the edition is approved."""
    return replace(sheet_words(session, site, edition, now), images=_images(site, edition))


def sheet_words(session: Session, site: Site, edition: Edition, now: datetime) -> SheetFacts:
    """The same without the pictures, for those who only read what it says."""
    notice = edition.notice
    approved = edition.state in APPROVED
    document = edition_document(edition)
    opens_on, end = expected_period(session, site, edition, now)
    return SheetFacts(
        township=f"{notice.township.county}{notice.township.name}",
        village=notice.village.name if notice.village else "",
        board_title="村务公开栏" if notice.village else "政务公开栏",
        topic=_class_word(edition),
        number=notice.register_name if approved else None,
        title=edition.title,
        document=document,
        publishers=tuple(signature.publisher.name for signature in notice.signatures),
        signed_on=opens_on,
        opens_on=opens_on,
        closes_on=end.closes_on,
        period_words=end_words(edition.asked_periods, end),
        objection=objection_words(session, site, edition, now),
        phones=phones_of(notice.township, notice.village),
        code=notice.code,
        edition=edition.number,
        change_note=edition.change_note,
        digits=notice.digits,
        host_words=host_words(site.public_url),
        public_url=site.public_url,
        reading_place=site.reading_place,
        fingerprint=edition.fingerprint or edition_fingerprint(edition),
        checkpoint=checkpoint(session) if approved else None,
        mark=demo_mark(notice.township) if approved else DRAFT_MARK,
        is_scan=notice.procedure == FORWARDED,
    )


def edition_topic(edition: Edition) -> Topic:
    """What an edition is about: its first item, or what a forwarded paper itself is called."""
    item = edition.notice.items[0]
    forwarded = edition.notice.procedure == FORWARDED
    return topic_of(edition.title if forwarded else item["title"], Group(item["group"]))


def _class_word(edition: Edition) -> str:
    """The word of its band: one that sheets alone have (补贴), or that of the village's page for the same class.

    A page lists by the catalog's groups. Where paper called 财务 what the page calls 集体经济, one looked in
    vain on the page for what had been read on the wall.
    """
    topic, group = edition_topic(edition), Group(edition.notice.items[0]["group"])
    return group.label if topic.value in set(Group) else topic.label


def _images(site: Site, edition: Edition) -> dict[str, bytes]:
    digests = {file.digest for file in edition.files if file.media_type.startswith("image/")}
    return {digest: data for digest in digests if (data := site.files.get(digest)) is not None}
