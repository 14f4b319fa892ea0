"""Sheets: previews for the eyes of reviewers, print runs with the exact PDF kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_period import posting_period
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.formats import Paper
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.procedures import FORWARDED
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.domain.people import Actor
from bulletin.services.access import PRINTING, edition_for
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.history import checkpoint, record
from bulletin.services.places.phones import objection_words, phones_of
from bulletin.services.printing.preflight import PreflightOrder, ensure_preflighted
from bulletin.services.privacy.check import ensure_clean
from bulletin.services.public_url import ensure_reachable, host_words
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.sheets.facts import PrintedSheet, SheetFacts, Watermark
from bulletin.sheets.pdfium import page_count
from bulletin.store.notices import Edition
from bulletin.store.places import Township
from bulletin.store.postings import PrintRun

DRAFT_MARK: Watermark = "草稿"
SHOP_DPI = 300


@dataclass(frozen=True)
class Printed:
    run_id: int | None  # None: a preview, no print run was recorded
    name: str  # file name for the download
    sheet: PrintedSheet
    notes: tuple[str, ...] = ()  # of preflight: worth knowing, printed all the same


def preview(
    site: Site, actor: Actor, code: str, now: datetime, *, number: int | None = None,
    paper: Paper = "a4",
) -> Printed:  # fmt: skip
    """The sheet with the content as it stands. Before approval it says 草稿 and has no code."""
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code, number)
        facts = sheet_facts(session, site, edition, now)
        return Printed(None, _file_name(edition, paper), site.composer.compose(facts, paper))


def preview_picture(
    site: Site, actor: Actor, code: str, now: datetime, *, page: int, dpi: int,
    number: int | None = None,
) -> bytes:  # fmt: skip
    """One page (counted from 1) of the sheet as a PNG."""
    seen = preview(site, actor, code, now, number=number)
    if not 1 <= page <= seen.sheet.pages:
        raise NotFoundError(f"这张纸只有{seen.sheet.pages}页。")
    return site.composer.picture(seen.sheet, page, dpi)


def print_sheet(
    site: Site, actor: Actor, code: str, now: datetime, *, number: int | None = None,
    paper: Paper = "a4",
) -> Printed:  # fmt: skip
    """Print for the board: checked once more, the codes read back, the exact PDF kept.

    Raises:
        Refused: not approved, personal data found, altered since approval, an address that no
            resident could open, or what preflight found, each with what to do.
    """
    with site.sessions.reading() as session:
        edition = _edition_to_print(session, actor, code, number)
        _ensure_printable(session, site, edition, actor)
        facts = sheet_facts(session, site, edition, now)
        edition_id, township_id = edition.id, edition.township_id
    sheet = site.composer.compose(facts, paper)  # takes its time; no other writer waits for it
    order = PreflightOrder(township_id, edition_id, paper)
    notes = ensure_preflighted(site, order, facts, sheet, now)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code, facts.edition)
        _ensure_in_force(edition)
        digest = site.files.put(sheet.pdf)  # what was removed meanwhile leaves no file behind
        run = PrintRun(
            township_id=edition.township_id, edition_id=edition.id,
            notice_code=edition.notice.code, edition_number=edition.number,
            fingerprint=edition.fingerprint or "", paper=paper, pages=sheet.pages, pdf=digest,
            checkpoint=facts.checkpoint.number if facts.checkpoint else 0,
            printed_at=now, printed_by=actor.id,
        )  # fmt: skip
        session.add(run)
        session.flush()
        record(
            session, actor, "print", subject_of(edition), now,
            pdf=digest, pages=sheet.pages, paper=paper, fingerprint=edition.fingerprint or "",
        )  # fmt: skip
        return Printed(run.id, _file_name(edition, paper), sheet, notes)


def ensure_legible(site: Site, actor: Actor, code: str, now: datetime) -> None:
    """Refuse a draft that no sheet could print, while it can still be written otherwise.

    Raises:
        SheetUnreadable: every character that none of the fonts has, with its place.
    """
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        site.composer.ensure_legible(sheet_facts(session, site, edition, now))


def number_to_print(site: Site, actor: Actor, code: str) -> int:
    """The number of the edition that would be printed now."""
    with site.sessions.reading() as session:
        return _edition_to_print(session, actor, code, None).number


def _edition_to_print(session: Session, actor: Actor, code: str, number: int | None) -> Edition:
    """The edition asked for, else the newest approved one: a correction under way is no paper yet."""
    newest = edition_for(session, actor, code, number)
    if number is not None:
        return newest
    approved = [e for e in newest.notice.editions if e.state in APPROVED]
    return approved[-1] if approved else newest


def _ensure_printable(session: Session, site: Site, edition: Edition, actor: Actor) -> None:
    if not actor.is_system and not actor.tends_boards_of(edition.notice.village_id):
        raise refuse("not_your_role", PRINTING)
    _ensure_in_force(edition)
    if edition_fingerprint(edition) != edition.fingerprint:
        raise refuse("content_altered", "内容与审定时的指纹不一致，不能打印，请联系管理员查明。")
    ensure_clean(session, site.files, edition)
    ensure_reachable(site)


def _ensure_in_force(edition: Edition) -> None:
    """What is approved never changes any more, but it may end while its sheet is being set."""
    if edition.state not in APPROVED:
        raise refuse("not_approved", "还没有审完，只能看草稿样张，不能打印张贴。")
    if edition.state is State.TAKEN_DOWN:
        raise refuse("taken_down", "这一版已经撤下，不能再打印张贴。")
    if edition.redacted_at is not None:
        raise refuse("redacted", "这一版的内容因含有个人信息已经移除，请更正后再打印。")


def demo_mark(township: Township) -> Watermark:
    """What stands across every paper of a township whose people and figures are invented."""
    return "演示" if township.demo else ""


def sheet_facts(session: Session, site: Site, edition: Edition, now: datetime) -> SheetFacts:
    """Everything a sheet shows. Number, code and checkpoint appear once the edition is approved."""
    notice = edition.notice
    approved = edition.state in APPROVED
    document = read_document(edition.content.document)
    opens_on = edition.opens_on or village_day(edition.publish_at or now)
    period = posting_period(opens_on, edition.posting_days, edition.posting_unit, site.calendar)
    return SheetFacts(
        township=f"{notice.township.county}{notice.township.name}",
        village=notice.village.name if notice.village else "",
        board_title="村务公开栏" if notice.village else "政务公开栏",
        number=notice.register_name if approved else None,
        title=edition.title,
        document=document,
        publishers=tuple(signature.publisher.name for signature in notice.signatures),
        signed_on=opens_on,
        opens_on=period.opens_on,
        closes_on=edition.closes_on or period.closes_on,
        period_words=period.words(),
        objection=objection_words(site, notice, edition.closes_on or period.closes_on),
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
        images=_images(site, edition),
    )


def _images(site: Site, edition: Edition) -> dict[str, bytes]:
    pictures = {f.digest for f in edition.files if f.media_type.startswith("image/")}
    return {digest: data for digest in pictures if (data := site.files.get(digest)) is not None}


def _file_name(edition: Edition, paper: str) -> str:
    name = edition.notice.register_name or "草稿"
    return f"{name}-第{edition.number}版-{paper.upper()}.pdf"


def kept_sheet(site: Site, actor: Actor, run_id: int) -> tuple[str, bytes]:
    """The exact PDF of a print run, as it was printed."""
    with site.sessions.reading() as session:
        run = session.get(PrintRun, run_id)
        edition = edition_for(session, actor, run.notice_code, run.edition_number) if run else None
        data = site.files.get(run.pdf) if run else None
        if run is None or edition is None or data is None:
            raise refuse("no_print", "没有这次打印的存档。")
        return _file_name(edition, run.paper), data


def kept_picture(site: Site, actor: Actor, run_id: int, page: int) -> tuple[str, bytes]:
    """One page (counted from 1) of a print run as a PNG that a print shop takes.

    Raises:
        NotFoundError: the sheet has no such page.
    """
    name, pdf = kept_sheet(site, actor, run_id)
    pages = page_count(pdf)
    if not 1 <= page <= pages:
        raise NotFoundError(f"这张纸只有{pages}页。")
    picture = site.composer.picture(PrintedSheet(pdf, pages), page, SHOP_DPI)
    return f"{name.removesuffix('.pdf')}-第{page}页.png", picture
