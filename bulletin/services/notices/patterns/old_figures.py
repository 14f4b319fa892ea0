"""What of a draft still stands as in the notice that it began with, and what was confirmed of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from bulletin.domain.notices.content import Document, Table, texts
from bulletin.domain.notices.draft_checks import DraftCheck
from bulletin.domain.patterns.figures import BLANK, blanks_in
from bulletin.domain.patterns.pattern import read_pattern
from bulletin.domain.patterns.stale_figures import StaleFigure, stale_figures
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.site import Site
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.notices import Edition
from bulletin.store.patterns import pattern_of

SHOWN = 3  # figures that a sentence names
BEGINNING = 12  # characters of a text that name it


@dataclass(frozen=True, kw_only=True)
class OldFigures:
    """Of one draft, in reading order."""

    source: str = ""  # the title of the notice that it began with; '' when it began with none
    is_own: bool = True
    figures: tuple[StaleFigure, ...] = ()
    confirmed: tuple[str, ...] = ()  # as they were written
    document: Document = field(default_factory=Document)
    most: int = 40  # figures of one block that are listed, with a button each

    @property
    def by_block(self) -> list[tuple[int | None, list[StaleFigure]]]:
        """The figures of each block; None is the title."""
        return [(at, list(some)) for at, some in groupby(self.figures, lambda f: f.block)]

    def where(self, at: int | None) -> str:
        """A block as a person finds it: 标题, 表“收支明细”, or how its words begin."""
        if at is None:
            return "标题"
        block = self.document.blocks[at]
        if isinstance(block, Table):
            return f"表“{block.caption}”" if block.caption else "表"
        said = next((text for text in texts(Document((block,))) if text), "")
        return f"“{said[:BEGINNING]}{'…' if len(said) > BEGINNING else ''}”"

    @property
    def places(self) -> list[list[int | None]]:
        """Block, row and column of each, for a script; the title is left out."""
        return [[f.block, f.row, f.column] for f in self.figures if f.block is not None]


def old_figures(session: Session, edition: Edition) -> OldFigures:
    """Nothing for a draft that began with an outline."""
    kept = pattern_of(session, edition.id)
    if kept is None:
        return OldFigures()
    document = edition_document(edition)
    source = notice_by_code(session, kept.source_code)
    keys = [line["key"] for line in kept.confirmed]
    return OldFigures(
        source=source.effective_edition.title if source else "",
        is_own=kept.is_own,
        figures=stale_figures(edition.title, document, read_pattern(kept.pattern), keys),
        confirmed=tuple(line["figure"] for line in kept.confirmed),
        document=document,
    )


def old_figures_of(site: Site, actor: Actor, code: str) -> OldFigures:
    """The same for the draft of a notice, as it was saved last."""
    with site.sessions.reading() as session:
        return old_figures(session, edition_for(session, actor, code))


def confirmed_words(session: Session, edition: Edition) -> str:
    """For the reviewers: what the draft was written like, and which figures stayed as they were."""
    old = old_figures(session, edition)
    if not old.source:
        return ""
    words = f"照“{old.source}”写"
    if not old.confirmed:
        return words
    named = "、".join(old.confirmed[:SHOWN])
    return f"{words}，{len(old.confirmed)}个数核对过，和上一期一样（{named}{'等' if len(old.confirmed) > SHOWN else ''}）"


def pattern_checks(
    session: Session, _site: Site, edition: Edition, _now: datetime
) -> Iterator[DraftCheck]:
    """One check for each block in which an old figure or a blank is left."""
    old = old_figures(session, edition)
    for at, figures in old.by_block:
        yield DraftCheck(
            code="stale_figure",
            words=_words(old, at, figures),
            field=figures[0].field,
            block=at,
            row=figures[0].row,
            column=figures[0].column,
        )
    if old.source and not old.is_own:
        yield from _blanks(old.document)


def _words(old: OldFigures, at: int | None, figures: list[StaleFigure]) -> str:
    where = (
        "标题里" if at is None else "表里" if isinstance(old.document.blocks[at], Table) else "这里"
    )
    named = "、".join(figure.figure for figure in figures[:SHOWN])
    if len(figures) == 1:
        return f"{where}的{named}是上一期的数，请换成这一期的；这一期确实还是这个数的，确认一下。"
    more = "等" if len(figures) > SHOWN else ""
    return (
        f"{where}还有{len(figures)}个上一期的数（{named}{more}），请换成这一期的；"
        "这一期确实还是这些数的，确认一下。"
    )


def _blanks(document: Document) -> Iterator[DraftCheck]:
    for at, count in blanks_in(document):
        words = f"这里还有{count}处“{BLANK}”没有填。别的村的名字和数已经拿掉，请填本村的。"
        yield DraftCheck(code="blank_left", words=words, block=at)
