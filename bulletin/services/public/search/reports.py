"""Issued annual reports that have the words that somebody seeks: few, so each is looked into, and the index needs none."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from cachetools import LRUCache, cached
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.oversight.annual_report.content import content_of
from bulletin.domain.oversight.annual_report.written import paragraphs_of
from bulletin.domain.people import NO_TOWNSHIP
from bulletin.domain.search.everyday import is_in, with_papers
from bulletin.domain.search.excerpt import Fragment, excerpt, marked
from bulletin.domain.search.query import SearchWord
from bulletin.domain.search.tokens import tokens_of
from bulletin.services.public.records.reports import report_address
from bulletin.store.annual_reports import AnnualReportEdition, IssuedReport, issued_reports
from bulletin.store.places import Township, townships

MAX_REPORTS = 5  # before or behind the notices that have the words


@dataclass(frozen=True, kw_only=True)
class ReportHit:
    """A report that was found."""

    url: str
    title: tuple[Fragment, ...]
    under: tuple[Fragment, ...]  # the line of its words that has what the title has not
    issued_on: date
    in_title: bool  # its title has all the words


class TokenText(Collection[str]):
    """Tokens in one text, by blanks as the index has them: as a set they take fifteen times the memory."""

    def __init__(self, tokens: AbstractSet[str]) -> None:
        self._text = f" {' '.join(sorted(tokens))} "

    def __contains__(self, token: object) -> bool:
        return f" {token} " in self._text

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.split())

    def __len__(self) -> int:
        return self._text.count(" ") - 1


@dataclass(frozen=True)
class _Readable:
    """What a report is found by."""

    title: str
    lines: tuple[str, ...]
    in_title: "TokenText"
    everywhere: "TokenText"


def found_reports(
    session: Session,
    words: Sequence[SearchWord],
    township: Township | None,
    year: int | None,
    now: datetime,
) -> tuple[ReportHit, ...]:
    """The newest that have all words, those in a title first.

    Args:
        township: whose alone; None: of every township, and of the county.
        year: of which they report; None: any.
    """
    codes = {each.id: each.code for each in ([township] if township else townships(session))}
    if township is None:
        codes[NO_TOWNSHIP] = ""
    issued = (each for each in issued_reports(session, codes, now) if year in (None, each.year))
    hits = list(_hits(session, issued, codes, words))
    return tuple(sorted(hits, key=lambda hit: not hit.in_title)[:MAX_REPORTS])


def _hits(
    session: Session,
    issued: Iterator[IssuedReport],
    codes: dict[int, str],
    words: Sequence[SearchWord],
) -> Iterator[ReportHit]:
    for each in issued:
        text = _readable(session, each)
        if not _has(text.everywhere, words):
            continue
        in_title = _has(text.in_title, words)
        yield ReportHit(
            url=report_address(codes[each.township_id], each.year),
            title=marked(text.title, with_papers(words)),
            under=() if in_title else excerpt(text.lines, with_papers(words)),
            issued_on=village_day(each.changed_at),
            in_title=in_title,
        )


def _has(tokens: Collection[str], words: Sequence[SearchWord]) -> bool:
    return all(is_in(word, tokens) for word in words)


# What was issued never changes. A report takes some 30 KB here.
@cached(LRUCache(maxsize=256), key=lambda _session, issued: issued.digest, lock=Lock())
def _readable(session: Session, issued: IssuedReport) -> _Readable:
    content = content_of(session.get_one(AnnualReportEdition, issued.edition_id).content)
    lines = tuple(line for text in content.texts for line in paragraphs_of(text))
    in_title = tokens_of(content.title, issued.year)
    in_lines = (tokens_of(line, issued.year) for line in lines)
    everywhere = in_title.union(*in_lines)
    return _Readable(content.title, lines, TokenText(in_title), TokenText(everywhere))
