"""What the form for residents says of the place or notice that is asked about."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.feedback.kinds import FeedbackKind, first_level
from bulletin.domain.feedback.permissions import may_enter
from bulletin.domain.people import Actor
from bulletin.services.duties.due_date import calendar_of
from bulletin.services.feedback.records import limit_of, place_and_notice
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.places.phones import phones_of
from bulletin.services.printing.objections import objection_words
from bulletin.services.site import Site
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village
from bulletin.store.villages import villages_on


@dataclass(frozen=True, kw_only=True)
class AskPage:
    place: str  # 张家村
    place_code: str
    is_township: bool
    notice: str  # code; '' for none
    notice_title: str
    objection: str  # 10月25日前向村务监督委员会提出，10日内答复; '' for none
    kinds: tuple[FeedbackKind, ...]
    answer_on: date  # for what is asked today
    limit: str  # 10日内（乡镇自己定的）
    phones: tuple[tuple[str, str], ...]
    demo: bool
    personal: bool = True  # nothing of it is for chats and search engines


def entry_places(site: Site, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """The places (code, name) for which a person may type in what came by phone or paper box."""
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        villages = session.scalars(villages_on(township.id, village_day(now)))
        places = [(each.code, each.name) for each in villages if may_enter(actor, each.id)]
        if may_enter(actor, None):
            places.append((township.code, township.name))
        return places


def ask_page(site: Site, now: datetime, *, place_code: str = "", notice_code: str = "") -> AskPage:
    """The form about a place, or about a notice.

    Raises:
        NotFoundError: none that the public may know of.
    """
    with site.sessions.reading() as session:
        about = place_and_notice(session, site, now, place_code=place_code, notice_code=notice_code)
        return _page(session, site, now, *about)


def _page(
    session: Session,
    site: Site,
    now: datetime,
    township: Township,
    village: Village | None,
    notice: Notice | None,
) -> AskPage:
    today = village_day(now)
    level = first_level(village.id if village else None)
    limit = limit_of(site, township, village, level, today)
    view = NoticeView(site, notice, now) if notice else None
    kinds = tuple(FeedbackKind)
    if view is None:
        kinds = tuple(each for each in kinds if each is not FeedbackKind.OBJECTION)
    return AskPage(
        place=(village or township).name,
        place_code=(village or township).code,
        is_township=village is None,
        notice=notice.code if notice else "",
        notice_title=_title(view) if view else "",
        objection=objection_words(session, site, view.edition, now) if view else "",
        kinds=kinds,
        answer_on=limit.due_on(today, calendar_of(site, township)),
        limit=limit.words,
        phones=phones_of(township, village),
        demo=township.demo,
    )


def _title(view: NoticeView) -> str:
    return view.title if view.listed_edition is not None else view.notice.public_title
