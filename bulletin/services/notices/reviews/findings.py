"""All that the checks say of a notice in review, in one list: what is wrong, what is odd, what was looked at."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from bulletin.domain.notices.draft_checks import DraftCheck, Weight
from bulletin.domain.notices.workflow import IN_REVIEW, Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.notices.drafts.draft_checks import draft_checks
from bulletin.services.notices.drafts.submit import LOOKED_AT, NOT_WRITTEN, not_written
from bulletin.services.privacy.check import concerns
from bulletin.services.site import Site
from bulletin.store.notices import Edition

COMMENTS = "comment_open"  # comments stand in a list of their own
_QUOTED = re.compile("“([^”]*)”")
_ONE_QUOTED = 3  # pieces: before, the word, after
_LEFT_OUT = re.compile(NOT_WRITTEN + "((?:“[^”]*”、?)+)")


class ReviewFindingKind(StrEnum):
    """In the order in which they are listed."""

    WRONG = "wrong"  # nobody lets it out like that
    ODD = "odd"  # nobody looked at it yet
    LOOKED_AT = "looked_at"  # whoever handed it in means it so
    CLEARED = "cleared"  # a person said why it is no personal data
    SAID = "said"  # what was written with the submission


@dataclass(frozen=True, kw_only=True)
class Finding:
    kind: ReviewFindingKind
    words: str
    by: str = ""  # 李示例：这是公开的办公电话
    blocks: tuple[int, ...] = ()  # where it stands, counted from 0


def findings(site: Site, actor: Actor, code: str, now: datetime) -> tuple[Finding, ...]:
    """Of an edition that is not decided yet, each kind once with its places; nothing of one that is."""
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        if edition.state is not State.DRAFT and edition.state not in IN_REVIEW:
            return ()
        found = _each_once(_found(session, site, edition, now))
        return tuple(sorted(found, key=lambda each: list(ReviewFindingKind).index(each.kind)))


def _each_once(found: Iterable[Finding]) -> list[Finding]:
    """Those that say the same of several things as one sentence: 还没有写“甲”、“乙”，目录要求公开."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for each in found:
        frame = _QUOTED.split(each.words)
        # Before and after the one word that it quotes; a sentence with several says how they belong together.
        key = (frame[0], frame[2]) if len(frame) == _ONE_QUOTED else (each.words,)
        alike.setdefault((each.kind, each.by, *key), []).append(each)
    return [_one_of(some) for some in alike.values()]


def _one_of(alike: list[Finding]) -> Finding:
    first = alike[0]
    quoted = dict.fromkeys(word for each in alike for word in _QUOTED.findall(each.words)[:1])
    named = "、".join(f"“{word}”" for word in quoted)
    words = _QUOTED.sub(lambda _found: named, first.words) if len(quoted) > 1 else first.words
    blocks = dict.fromkeys(block for each in alike for block in each.blocks)
    return replace(first, words=words, blocks=tuple(blocks))


def _found(session: Session, site: Site, edition: Edition, now: datetime) -> Iterator[Finding]:
    said = _said_at_submission(edition)
    listed = [c for c in draft_checks(session, site, edition, now) if c.code != COMMENTS]
    for check in listed:
        blocks = () if check.block is None else (check.block,)
        yield Finding(kind=_kind(check, said), words=check.words, blocks=blocks)
    for concern in concerns(session, site.files, edition):
        if concern.cleared:
            yield Finding(kind=ReviewFindingKind.CLEARED, words=concern.words, by=concern.cleared)
    if rest := _beside(listed, said):
        yield Finding(kind=ReviewFindingKind.SAID, words=rest)


def _said_at_submission(edition: Edition) -> str:
    """What the reviewers read of the last submission; '' when nothing was odd."""
    steps = (step for step in reversed(edition.steps) if step.act is Act.SUBMIT)
    last = next(steps, None)
    return last.reason if last and last.review_round == edition.review_round else ""


def _kind(check: DraftCheck, said: str) -> ReviewFindingKind:
    if check.weight is Weight.STOP:
        return ReviewFindingKind.WRONG
    is_said = _plain(check.words) in said or check.element in _left_out(said)
    return ReviewFindingKind.LOOKED_AT if is_said else ReviewFindingKind.ODD


def _left_out(said: str) -> list[str]:
    """The elements that a submission said are not written."""
    found = _LEFT_OUT.search(said)
    return re.findall("“([^”]*)”", found[1]) if found else []


def _beside(listed: Sequence[DraftCheck], said: str) -> str:
    """What was written with the submission beside what the list says already."""
    for check in listed:
        said = said.replace(_plain(check.words), "")
    elements = {check.element for check in listed}
    rest = not_written(each for each in _left_out(said) if each not in elements)
    said = _LEFT_OUT.sub(lambda _found: rest, said)
    return said.removeprefix(LOOKED_AT).strip("；。")


def _plain(words: str) -> str:
    return words.rstrip("。")
