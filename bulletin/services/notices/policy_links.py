"""What a notice explains and what explains it, as staff see it."""

from dataclasses import dataclass

from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.site import Site
from bulletin.store.notices import Notice
from bulletin.store.policy_links import links_of


@dataclass(frozen=True)
class PolicyLine:
    code: str
    title: str
    state: str  # 已发布


@dataclass(frozen=True)
class PolicyLines:
    explains: tuple[PolicyLine, ...]
    explained_by: tuple[PolicyLine, ...]


def policy_lines(site: Site, actor: Actor, code: str) -> PolicyLines:
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        links = session.scalars(links_of(notice.id)).all()
        return PolicyLines(
            explains=tuple(_line(each.explained) for each in links if each.explaining is notice),
            explained_by=tuple(
                _line(each.explaining) for each in links if each.explained is notice
            ),
        )


def _line(notice: Notice) -> PolicyLine:
    edition = notice.effective_edition
    return PolicyLine(notice.code, edition.title, edition.state.label)
