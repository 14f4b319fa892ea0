"""发到群里: a notice as pictures for the village's group chat. None for lists of people."""

from datetime import datetime

from bulletin.domain.codes import Scan
from bulletin.domain.days import period_words
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.notices.visibility import PageState
from bulletin.domain.outlets.paste import chat_words
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.printing.sheet_facts import sheet_facts
from bulletin.services.public_url import ensure_reachable
from bulletin.services.site import Site
from bulletin.sheets.facts import PhoneSheet
from bulletin.sheets.phone import phone_picture as picture_of
from bulletin.store.notices import Edition, Notice


def phone_sheet(site: Site, actor: Actor, code: str, now: datetime) -> tuple[str, PhoneSheet]:
    """The edition in force, set for phones.

    Returns:
        The beginning of the pictures' names, and the sheet: each of its pages is a picture. A long
        notice is summed up in one, with the code that leads to the whole.

    Raises:
        Refused: a list of people, or nothing of it is public now.
    """
    ensure_reachable(site)
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        facts = sheet_facts(session, site, edition_to_share(site, notice, now), now)
        name = notice.register_name or code
    return name, site.composer.compose_phone(facts)


def share_words(site: Site, actor: Actor, code: str, now: datetime) -> str:
    """What goes to the chat beside the pictures.

    Raises:
        Refused: as `phone_sheet`.
    """
    with site.sessions.reading() as session:
        edition = edition_to_share(site, notice_for(session, actor, code), now)
        place = edition.notice.village or edition.notice.township
        period = period_words(edition.opens_on, edition.closes_on)
        address = f"{site.public_url}/N/{Scan(code, edition.number).tail}"
        return chat_words(place.name, edition.title, period, address)


def edition_to_share(site: Site, notice: Notice, now: datetime) -> Edition:
    """The edition that residents read now, as the chat may have it.

    Raises:
        Refused: a list of people, or nothing of it is public now.
    """
    if notice.personal:
        raise refuse("personal", "名单里有个人信息，不做成图片发到群里。请让村民到公开栏前看。")
    view = NoticeView(site, notice, now)
    if view.page_state() is not PageState.CURRENT:
        raise refuse("not_public", "现在没有在公示的版本，不能做成图片。")
    return view.edition


def phone_pictures(site: Site, actor: Actor, code: str, now: datetime) -> list[bytes]:
    """All its pictures in order: PNG, 1080 pixels wide.

    Raises:
        Refused: as `phone_sheet`.
    """
    _, sheet = phone_sheet(site, actor, code, now)
    return [picture_of(sheet, page) for page in range(1, sheet.pages + 1)]


def phone_picture(
    site: Site, actor: Actor, code: str, page: int, now: datetime
) -> tuple[str, bytes]:
    """One picture (counted from 1): the beginning of its name, and a PNG 1080 pixels wide.

    Raises:
        Refused: as `phone_sheet`.
        NotFoundError: there are fewer.
    """
    name, sheet = phone_sheet(site, actor, code, now)
    if not 1 <= page <= sheet.pages:
        raise NotFoundError(f"只有{sheet.pages}张图片。")
    return name, picture_of(sheet, page)
