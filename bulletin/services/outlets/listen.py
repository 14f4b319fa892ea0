"""听: a notice in spoken words, for the voice of a resident's phone."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.outlets.paste import ReadOut
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.outlets.ready_to_send import paste_facts
from bulletin.services.site import Site
from bulletin.store.notice_queries import notice_by_code
from bulletin.writers.broadcast.script import (
    SpokenLine,
    length_words,
    page_lines,
    seconds_of,
)

# Of a ledger of 139 rows forty minutes would be heard.
HEARD = ReadOut(rows=True, max_rows=20, times=1)


@dataclass(frozen=True, kw_only=True)
class SpokenNotice:
    code: str
    title: str
    place: str  # 张家村
    place_code: str
    lines: tuple[SpokenLine, ...]
    length: str  # 3分20秒


def listen(site: Site, code: str, now: datetime) -> SpokenNotice | None:
    """The content in force, once, with its short tables row by row and the long ones summed up, in each language.

    None when it may not be read, or is a list of people: those are read with the eyes.
    """
    with site.sessions.reading() as session:
        notice = notice_by_code(session, code)
        edition = NoticeView(site, notice, now).readable_edition if notice else None
        if edition is None or edition.notice.personal:
            return None
        place = edition.notice.village or edition.notice.township
        facts = paste_facts(session, site, edition, now)
        lines = tuple(page_lines(facts, HEARD))
        return SpokenNotice(
            code=edition.notice.code,
            title=edition.title,
            place=place.name,
            place_code=place.code,
            lines=lines,
            length=length_words(seconds_of(lines)),
        )
