"""上级文件: a paper of a higher body, put into the village's frame and posted as it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.deadlines.posting_period import MIN_POSTING_DAYS
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.notices.content import Document, Image, Paragraph
from bulletin.domain.notices.content_serialization import clean
from bulletin.domain.notices.procedures import FORWARDED
from bulletin.domain.people import Actor
from bulletin.readers.file_types import sniff
from bulletin.services.access import FORWARDING, ensure_liaison, village_in
from bulletin.services.history import record
from bulletin.services.notices.drafts.draft import MAX_POSTING_DAYS
from bulletin.services.notices.drafts.open_notice import new_edition, notice_without_duty
from bulletin.services.notices.drafts.saved_draft import MAX_TITLE
from bulletin.services.received_file import MAX_UPLOAD
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.sheets.scans import MAX_PAGES, PDF, count_pages, pages_of
from bulletin.store.edition_parts import EditionEditor, EditionFile
from bulletin.store.notices import Edition, Notice
from bulletin.store.publishers import speaker_of

FORWARDED_TITLE = "上级文件"


@dataclass(frozen=True)
class HigherPaper:
    """What a person says of the paper."""

    title: str  # 关于2026年城乡居民基本医疗保险缴费的通告
    issuer: str  # 互助土族自治县医疗保障局
    number: str = ""  # 文号: 互医保〔2026〕12号
    posting_days: int = MIN_POSTING_DAYS  # as the paper asks; natural days
    personal: bool = False  # names people: leaves the web when its period is over


def forward(
    site: Site,
    actor: Actor,
    village_id: int | None,
    paper: HigherPaper,
    scans: Sequence[tuple[str, bytes]],
    now: datetime,
) -> str:
    """A draft that holds the pages of a scan. It passes no review: it goes out when it is submitted.

    Args:
        scans: (file name, content) in the order of the pages: PDF or pictures.

    Returns:
        The code of the new notice.

    Raises:
        Refused: not the liaison of the place, something is missing, or a scan can't be read.
    """
    ensure_liaison(actor, village_id, FORWARDING)
    paper = _checked(paper)
    pages = _pages(scans)
    files = [site.files.put(data) for data, _ in pages]
    with site.sessions.writing() as session:
        if village_id is not None:
            village_in(session, actor, village_id)
        notice = _new_notice(session, actor, village_id, paper, now)
        document = _document(paper, files)
        edition = new_edition(session, actor, notice, now, title=paper.title, document=document)
        edition.posting_days = edition.least_posting_days = paper.posting_days
        _add_files(edition, files, pages)
        if actor.id is not None:
            edition.editors.append(EditionEditor(person_id=actor.id))
        session.flush()
        record(session, actor, "start", subject_of(edition), now, forwards=paper.issuer)
        return notice.code


def _add_files(edition: Edition, digests: list[str], pages: list[tuple[bytes, str]]) -> None:
    """Each page as a file of the edition; two pages that are alike are one file."""
    for place, (digest, (data, media_type)) in enumerate(zip(digests, pages, strict=True), 1):
        if digest in {file.digest for file in edition.files}:
            continue
        edition.files.append(
            EditionFile(
                township_id=edition.township_id,
                digest=digest,
                media_type=media_type,
                name=f"原件第{place}页.{media_type.partition('/')[2]}",
                size=len(data),
            )
        )


def _checked(paper: HigherPaper) -> HigherPaper:
    errors: list[Refusal] = []
    try:
        title, issuer, number = map(clean, (paper.title, paper.issuer, paper.number))
    except ValueError as fault:
        raise refuse("paper_too_long", f"标题、发文单位或文号：{fault}") from fault
    if not title:
        errors.append(Refusal("title_missing", "请照原件写标题。"))
    if not issuer:
        errors.append(Refusal("issuer_missing", "请写是哪个单位发的文件。"))
    if not 1 <= paper.posting_days <= MAX_POSTING_DAYS:
        errors.append(Refusal("posting_days", f"公示天数从1天到{MAX_POSTING_DAYS}天。"))
    if errors:
        raise Refused(*errors)
    return HigherPaper(title[:MAX_TITLE], issuer, number, paper.posting_days, paper.personal)


def _pages(scans: Sequence[tuple[str, bytes]]) -> list[tuple[bytes, str]]:
    """Every page as a picture; nothing is drawn before the number of pages is known to be allowed."""
    if not scans:
        raise refuse("scan_missing", "请选原件的扫描件或照片。")
    kinds = [_kind(name, data) for name, data in scans]
    files = list(zip((data for _, data in scans), kinds, strict=True))
    count = sum(count_pages(data, kind) for data, kind in files)
    if count > MAX_PAGES:
        raise refuse("too_many_pages", f"最多{MAX_PAGES}页，这里有{count}页。")
    return [page for data, kind in files for page in pages_of(data, kind)]


def _kind(name: str, data: bytes) -> str:
    if len(data) > MAX_UPLOAD:
        raise refuse("too_large", f"“{name}”超过{MAX_UPLOAD // 1024 // 1024}MB，请分开扫描。")
    media_type = sniff(data, name)
    if media_type != PDF and not media_type.startswith("image/"):
        raise refuse("no_scan", f"“{name}”不是扫描件，请传PDF、JPG或PNG。")
    return media_type


def _document(paper: HigherPaper, files: list[str]) -> Document:
    number = f"（{paper.number}）" if paper.number else ""
    issuer_line = Paragraph(f"{paper.issuer}文件{number}，照原件张贴，共{len(files)}页。")
    scans = (
        Image(file, f"{paper.title}，原件第{place}页，共{len(files)}页")
        for place, file in enumerate(files, 1)
    )
    return Document((issuer_line, *scans))


def _new_notice(
    session: Session, actor: Actor, village_id: int | None, paper: HigherPaper, now: datetime
) -> Notice:
    publisher = speaker_of(session, actor.township_id, village_id)
    item = {
        "code": FORWARDED,
        "title": FORWARDED_TITLE,
        "group": Group.GOVERNMENT.value,
        "bases": [],
    }
    return notice_without_duty(
        session, publisher, item, now, procedure=FORWARDED, personal=paper.personal
    )
