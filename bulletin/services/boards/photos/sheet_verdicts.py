"""What each paper on a board is worth there now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import SheetVerdict, may_hang, verdict
from bulletin.domain.codes import Scan
from bulletin.domain.days import village_day
from bulletin.domain.notices.visibility import EditionDates, is_over
from bulletin.services.boards.overview import hangs_until
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.site import Site
from bulletin.sheets.board_photos import Corners, PixelBox, SeenCode
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board
from bulletin.store.postings import hanging_on


@dataclass(frozen=True, kw_only=True)
class SeenSheet:
    """One code of ours that a photograph shows."""

    photo: int  # counted from 1
    scan: Scan
    verdict: SheetVerdict
    title: str
    fingerprint: str  # '' when there is no such edition
    box: PixelBox
    corners: Corners


class SheetJudge:
    """Says of one paper after another what it is worth on a board now.

    Args:
        township_id: of the board; where nothing says which board it is, of who photographed it. None: of anybody,
            and then no paper belongs elsewhere.
    """

    def __init__(
        self,
        session: Session,
        site: Site,
        township_id: int | None,
        board: Board | None,
        now: datetime,
    ) -> None:
        self.session, self.site, self.board, self.now = session, site, board, now
        self._township_id = township_id
        postings = session.scalars(hanging_on(board.id)) if board else ()
        self._until = {p.edition_id: hangs_until(site, p.edition, p.hung_on) for p in postings}

    def sheet(self, photo: int, code: SeenCode, notice: Notice) -> SeenSheet:
        number = code.scan.edition
        edition = next((e for e in notice.editions if e.number == number), None)
        is_own = notice.township_id == self._township_id
        shown = edition or notice.effective_edition
        return SeenSheet(
            photo=photo,
            scan=code.scan,
            verdict=self.verdict(code.scan, notice, is_ours=self.site.is_ours(code.host)),
            title=shown.title if is_own else notice.public_title,
            fingerprint=(edition.fingerprint or "") if edition else "",
            box=code.box,
            corners=code.corners,
        )

    def verdict(self, scan: Scan, notice: Notice, *, is_ours: bool = True) -> SheetVerdict:
        """What has to be done with one paper.

        Args:
            is_ours: its code leads to this site.
        """
        view = NoticeView(self.site, notice, self.now)
        edition = next((e for e in notice.editions if e.number == scan.edition), None)
        return verdict(
            view.page_state(scan.edition) if is_ours else None,
            at_home=self._township_id in {None, notice.township_id} and self._may_hang(notice),
            is_over=is_over(self._last_day(view.in_force, edition), self.now),
            opens_on=edition.opens_on if edition else None,
            today=village_day(self.now),
        )

    def _may_hang(self, notice: Notice) -> bool:
        return self.board is None or may_hang(notice.board_village_id, self.board.village_id)

    def _last_day(self, current: EditionDates | None, edition: Edition | None) -> date | None:
        """Of the period in force, or later when this very paper was hung late."""
        if current is None:
            return None
        if edition is not None and edition.number == current.number:
            return self._until.get(edition.id, current.closes_on)
        return current.closes_on
