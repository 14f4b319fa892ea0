"""该取下没取: the papers that hang though they are over, or no longer in force, as of a day."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.oversight.supervision.figures import stale_sheets
from bulletin.services.site import Site
from bulletin.store.notice_queries import chunks
from bulletin.store.places import boards_in
from bulletin.store.supervision_queries import papers_among


@dataclass(frozen=True)
class StaleSheet:
    posting_id: int
    board_id: int
    board: str
    village: str  # '' for the township itself
    code: str
    edition: int
    title: str
    hung_on: date
    is_over: bool  # its time was over; else a newer edition, or none, is in force


def stale_sheet_list(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    village_id: int | None = None,
    as_of: date | None = None,
) -> list[StaleSheet]:
    """What hung so at the end of a day on the boards that a person may see, the oldest first.

    Args:
        village_id: only on the boards of this village.
    """
    day = as_of or village_day(now)
    with site.sessions.reading() as session:
        boards = session.scalars(boards_in(actor.township_id, village_id, day))
        mine = [board.id for board in boards if actor.may_see(board.village_id)]
        sheets = stale_sheets(session, site, mine, day)
        ended = {each.posting_id: each.has_ended for each in sheets}
        papers = (
            posting
            for some in chunks(list(ended))
            for posting in session.scalars(papers_among(some))
        )
        return [
            StaleSheet(
                posting_id=posting.id,
                board_id=posting.board_id,
                board=posting.board.name,
                village=posting.board.village.name if posting.board.village else "",
                code=posting.edition.notice.code,
                edition=posting.edition.number,
                title=posting.edition.title,
                hung_on=posting.hung_on,
                is_over=not ended[posting.id],
            )
            for posting in sorted(papers, key=lambda each: (each.hung_on, each.id))
        ]
