"""Sheets: previews for reviewers, print runs with the exact PDF kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.formats import Paper
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.domain.people import Actor
from bulletin.services.access import PRINTING, edition_for
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.history import record
from bulletin.services.printing.objections import contradiction_refusals
from bulletin.services.printing.preflight import PreflightOrder, ensure_preflighted
from bulletin.services.printing.screen_sheets import drawn, previewed
from bulletin.services.printing.sheet_facts import sheet_facts
from bulletin.services.privacy.check import ensure_clean
from bulletin.services.public_url import ensure_reachable
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.sheets.facts import PrintedSheet, SheetFacts
from bulletin.sheets.pdfium import is_flipped, page_count
from bulletin.store.notices import Edition
from bulletin.store.print_runs import PrintRun

SHOP_DPI = 300
REMOVED = "这一版的内容因含有个人信息已经移除，请更正后再打印。"


@dataclass(frozen=True)
class Printed:
    run_id: int | None  # None: a preview, no print run was recorded
    name: str  # file name for the download
    sheet: PrintedSheet
    notes: tuple[str, ...] = ()  # of preflight: worth knowing, printed all the same


def preview(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    number: int | None = None,
    paper: Paper | None = None,
) -> Printed:
    """The sheet with the content of today. Before approval it says 草稿 and has no code.

    Args:
        paper: None: A4, and A3 for a paper of a higher body.
    """
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code, number)
        facts = sheet_facts(session, site, edition, now)
        paper = paper or facts.usual_paper
        name = _file_name(edition, paper)
    return Printed(None, name, previewed(site, facts, paper))


def preview_picture(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    page: int,
    dpi: int,
    number: int | None = None,
) -> bytes:
    """One page (counted from 1) of the sheet as a PNG."""
    sheet = preview(site, actor, code, now, number=number).sheet
    if not 1 <= page <= sheet.pages:
        raise NotFoundError(f"这张纸只有{sheet.pages}页。")
    return site.composer.picture(sheet, page, dpi)


def print_sheet(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    number: int | None = None,
    paper: Paper | None = None,
    first: Callable[[Session], None] = lambda _session: None,
) -> Printed:
    """Print for the board: checked once more, the codes read back, the exact PDF kept.

    Args:
        paper: None: A4, and A3 for a paper of a higher body.
        first: called in the transaction that records it; what it raises leaves no record.

    Raises:
        Refused: not approved, personal data, altered since, an address that none can open, or what preflight found.
    """
    with site.sessions.reading() as session:
        edition = edition_to_print(session, actor, code, number)
        ensure_printable(session, site, edition, actor)
        facts = sheet_facts(session, site, edition, now)
        paper = paper or facts.usual_paper
        contradictions = contradiction_refusals(session, site, edition, now)
        order = PreflightOrder(edition.township_id, edition.id, paper, contradictions)
    sheet = site.composer.compose(facts, paper)  # takes its time; no other writer waits for it
    notes = ensure_preflighted(site, order, facts, sheet, now)
    pdf = site.files.put(sheet.pdf)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code, facts.edition)
        if edition.redacted_at is None:
            first(session)
            ensure_in_force(edition)
            run = _record_run(
                session, actor, edition, now, facts=facts, sheet=sheet, pdf=pdf, paper=paper
            )
            return Printed(run.id, _file_name(edition, paper), sheet, notes)
    site.files.destroy(pdf)  # what was removed meanwhile leaves no file behind
    raise refuse("redacted", REMOVED)


def _record_run(
    session: Session,
    actor: Actor,
    edition: Edition,
    now: datetime,
    *,
    facts: SheetFacts,
    sheet: PrintedSheet,
    pdf: str,
    paper: Paper,
) -> PrintRun:
    run = PrintRun(
        township_id=edition.township_id,
        edition_id=edition.id,
        notice_code=edition.notice.code,
        edition_number=edition.number,
        fingerprint=edition.fingerprint or "",
        paper=paper,
        pages=sheet.pages,
        flipped=is_flipped(sheet.pdf),
        pdf=pdf,
        checkpoint=facts.checkpoint.number if facts.checkpoint else 0,
        printed_at=now,
        printed_by=actor.id,
    )
    session.add(run)
    session.flush()
    details = {"pdf": pdf, "pages": run.pages, "paper": paper, "fingerprint": run.fingerprint}
    record(session, actor, "print", subject_of(edition), now, **details)
    return run


def number_to_print(site: Site, actor: Actor, code: str) -> int:
    """The number of the edition that would be printed now."""
    with site.sessions.reading() as session:
        return edition_to_print(session, actor, code, None).number


def edition_to_print(session: Session, actor: Actor, code: str, number: int | None) -> Edition:
    """The edition asked for, else the newest approved one: a correction under way is no paper yet."""
    newest = edition_for(session, actor, code, number)
    if number is not None:
        return newest
    approved = [e for e in newest.notice.editions if e.state in APPROVED]
    return approved[-1] if approved else newest


def ensure_printable(session: Session, site: Site, edition: Edition, actor: Actor) -> None:
    if not actor.is_system and not actor.tends_boards_of(edition.notice.village_id):
        raise refuse("not_your_role", PRINTING)
    ensure_in_force(edition)
    if edition_fingerprint(edition) != edition.fingerprint:
        raise refuse("content_altered", "内容跟审定的时候不一样了，不能打印，请联系管理员查明。")
    ensure_clean(session, site.files, edition)
    ensure_reachable(site)


def ensure_in_force(edition: Edition) -> None:
    """What is approved never changes any more, but it may end while its sheet is being set."""
    if edition.state not in APPROVED:
        raise refuse("not_approved", "还没有审完，只能看草稿样张，不能打印张贴。")
    if edition.state is State.TAKEN_DOWN:
        raise refuse("taken_down", "这一版已经撤下，不能再打印张贴。")
    if edition.redacted_at is not None:
        raise refuse("redacted", REMOVED)


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


def kept_picture(
    site: Site, actor: Actor, run_id: int, page: int, *, dpi: int = SHOP_DPI
) -> tuple[str, bytes]:
    """One page (counted from 1) of a print run as a PNG that a print shop takes, or a screen.

    Raises:
        NotFoundError: the sheet has no such page.
    """
    name, pdf = kept_sheet(site, actor, run_id)
    pages = page_count(pdf)
    if not 1 <= page <= pages:
        raise NotFoundError(f"这张纸只有{pages}页。")
    picture = drawn(site, PrintedSheet(pdf, pages), page, dpi)
    return f"{name.removesuffix('.pdf')}-第{page}页.png", picture
