"""Photographs on which a recalled paper is to be seen: read on them, or on its board while it hung there.

Computed from receipts and postings whenever it is asked for, so that a photograph sent after the
redaction is among them at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.photo_areas import Outline
from bulletin.domain.boards.posting_rules import HangingSpan
from bulletin.domain.days import ONE_DAY, instant_words, start_of, village_day
from bulletin.domain.formats import paper_of
from bulletin.sheets.covered_photos import PrintedPaper, paper_outline, paper_shapes
from bulletin.store import recalled_photos
from bulletin.store.notices import Edition
from bulletin.store.places import Board
from bulletin.store.postings import PostingRecord
from bulletin.store.print_runs import PrintRun, runs_of
from bulletin.store.receipts import BoardPhoto, Receipt


@dataclass(frozen=True, kw_only=True)
class PhotoSeen:
    """One photograph, and where in it one recalled notice is to be seen."""

    digest: str
    code: str
    title: str
    village_id: int | None  # of its board
    where: str  # 张家村村委会门口公开栏，2026年10月12日 09:30收到
    read: bool  # the paper was read on it; else it may be there, and a person has to look
    outlines: tuple[Outline, ...] = ()  # of the papers that were read
    sure: bool = True  # the outlines come from the corners of codes
    printed: tuple[PrintedPaper, ...] = ()  # how the papers that were read had been printed
    settled_at: datetime | None = None
    settled_by: str = ""
    reason: str = ""  # why it was kept to be seen
    is_covered: bool = False

    @property
    def pages(self) -> int:
        """Of its sheet: more than were read may be on the photograph."""
        return max((run.pages for run in self.printed), default=1)

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


def photos_seen(session: Session, township_id: int, code: str | None = None) -> list[PhotoSeen]:
    """The photographs of recalled papers of a township, or of one notice, settled ones too.

    Those on which the paper was read come first.
    """
    by_code: dict[str, list[Edition]] = {}
    for edition in session.scalars(recalled_photos.redacted_editions(township_id)):
        if code in {None, edition.notice.code}:
            by_code.setdefault(edition.notice.code, []).append(edition)
    seen: list[PhotoSeen] = []
    for of_code, editions in by_code.items():
        photos: dict[str, PhotoSeen] = {}
        for photo in (*_read(session, of_code, editions), *_near(session, of_code, editions)):
            photos.setdefault(photo.digest, photo)
        seen += _with_outcome(session, editions, photos)
    return sorted(seen, key=lambda photo: not photo.read)


def _read(session: Session, code: str, editions: list[Edition]) -> Iterator[PhotoSeen]:
    """Those on which one of its papers was read, with the place of every page."""
    numbers = {edition.number: edition.id for edition in editions}
    runs = runs_of(session, list(numbers.values()))
    by_photo: dict[str, list[Receipt]] = {}
    for receipt in session.scalars(recalled_photos.receipts_of_codes({code})):
        if receipt.edition_number in numbers:
            by_photo.setdefault(receipt.photo.digest, []).append(receipt)
    for digest, receipts in by_photo.items():
        visit = receipts[0].visit
        printed = [(r, _printed(runs.get(numbers[r.edition_number], []))) for r in receipts]
        yield PhotoSeen(
            digest=digest,
            code=code,
            title=editions[0].title,
            village_id=visit.board.village_id,
            where=f"{_words(visit.board)}，{instant_words(visit.received_at)}收到",
            read=True,
            outlines=tuple(_outline(receipt, papers) for receipt, papers in printed),
            sure=all("corners" in r.box for r in receipts),
            printed=tuple(dict.fromkeys(paper for _, papers in printed for paper in papers)),
        )


def _printed(runs: Iterable[PrintRun]) -> list[PrintedPaper]:
    return [PrintedPaper(paper_of(run.paper), run.flipped, run.pages) for run in runs]


def _outline(receipt: Receipt, printed: list[PrintedPaper]) -> Outline:
    """Of a receipt from before corners were kept: as if the paper hung straight."""
    box, photo = receipt.box, receipt.photo
    corners = box.get("corners") or (
        (box["left"], box["top"]),
        (box["right"], box["top"]),
        (box["right"], box["bottom"]),
        (box["left"], box["bottom"]),
    )
    shapes = paper_shapes(printed, receipt.page)
    return paper_outline(tuple((x, y) for x, y in corners), (photo.width, photo.height), shapes)


def _near(session: Session, code: str, editions: list[Edition]) -> Iterator[PhotoSeen]:
    """Those of its hanging, and those of the same board while it hung there."""
    records = session.scalars(
        recalled_photos.records_of_editions({edition.id for edition in editions})
    ).all()
    spans = [HangingSpan(r.board_id, r.hung_on, r.down_on) for r in records if not r.withdrawn]
    common = {"code": code, "title": editions[0].title}
    for record, digest, moment in _hand_photos(session, records, spans):
        how = f"{instant_words(moment)}登记时传的"
        if record in records or _hung_there(spans, record.board_id, moment):
            yield _look(record.board, digest, how, **common)
    if not spans:
        return
    for visit in session.scalars(recalled_photos.visits_near(*_where_and_when(spans))):
        if _hung_there(spans, visit.board_id, visit.received_at):
            for photo in visit.photos:
                yield _look(visit.board, photo.digest, _received(photo), **common)


def _hung_there(spans: Iterable[HangingSpan], board_id: int, moment: datetime) -> bool:
    day = village_day(moment)
    return any(span.board_id == board_id and span.holds(day) for span in spans)


def _where_and_when(spans: list[HangingSpan]) -> tuple[set[int], datetime, datetime | None]:
    """The boards of some spans, and the time from their first to their last day."""
    ends = [span.down_on for span in spans]
    last = None if None in ends else max(end for end in ends if end is not None)
    since = start_of(min(span.hung_on for span in spans))
    until = start_of(last + ONE_DAY) if last else None
    return {span.board_id for span in spans}, since, until


def _look(board: Board, digest: str, how: str, *, code: str, title: str) -> PhotoSeen:
    return PhotoSeen(
        digest=digest,
        code=code,
        title=title,
        village_id=board.village_id,
        where=f"{_words(board)}，{how}",
        read=False,
    )


def _received(photo: BoardPhoto) -> str:
    return f"{instant_words(photo.visit.received_at)}收到，第{photo.place}张"


def _hand_photos(
    session: Session, own: Iterable[PostingRecord], spans: list[HangingSpan]
) -> Iterator[tuple[PostingRecord, str, datetime]]:
    """The photographs that were sent with its own records, and with others of its boards meanwhile."""
    records = {record.id: record for record in own}
    if spans:
        near = session.scalars(recalled_photos.records_near(*_where_and_when(spans)))
        records |= {record.id: record for record in near}
    for record in records.values():
        if record.hung_photo:
            yield record, record.hung_photo, record.hung_at
        if record.down_photo and record.down_at:
            yield record, record.down_photo, record.down_at
    for made in session.scalars(recalled_photos.corrections_of_records(set(records))):
        for digest in (made.before_hung_photo, made.before_down_photo):
            if digest:
                yield records[made.posting_id], digest, records[made.posting_id].hung_at


def _words(board: Board) -> str:
    return f"{board.village.name if board.village else ''}{board.name}"


def _with_outcome(
    session: Session, editions: list[Edition], photos: dict[str, PhotoSeen]
) -> Iterator[PhotoSeen]:
    """What became of each since the words were removed last."""
    notice_id = editions[0].notice_id
    removed_at = max(e.redacted_at for e in editions if e.redacted_at is not None)
    for outcome in session.scalars(recalled_photos.settled({notice_id})):
        photo = photos.get(outcome.digest)
        if photo is not None and outcome.settled_at >= removed_at:
            photos[outcome.digest] = replace(
                photo,
                settled_at=outcome.settled_at,
                settled_by=outcome.settler.name if outcome.settler else "",
                reason=outcome.reason,
                is_covered=outcome.destroyed != "",
            )
    yield from photos.values()
