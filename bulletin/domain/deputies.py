"""Deputies: who takes the steps of a reviewer who is away, from day to day, with the same roles and no others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bulletin.domain.errors import Refusal
from bulletin.domain.people import REVIEW_ROLES, Actor, Grants, Role, StandIn

MAX_DAYS = 183  # half a year: who is away for longer is replaced, not stood in for

# 村民委员会组织法（2025年修正）第三十七条: who runs the village does not supervise it, not for a day either.
APART = {Role.SUPERVISOR: Role.VILLAGE_HEAD, Role.VILLAGE_HEAD: Role.SUPERVISOR}


@dataclass(frozen=True, kw_only=True)
class Deputation:
    """One person stands in for another; both days included. It ends by itself."""

    absent_id: int
    absent: str  # the name
    deputy_id: int
    from_on: date
    until_on: date
    is_ended: bool = False  # by a person, before its last day

    def holds_on(self, day: date) -> bool:
        return not self.is_ended and self.from_on <= day <= self.until_on

    def overlaps(self, other: "Deputation") -> bool:
        live = not self.is_ended and not other.is_ended
        return live and self.from_on <= other.until_on and other.from_on <= self.until_on


def lent_roles(absent: Grants, deputy: Grants) -> Grants:
    """What a deputy takes over: the steps of review, none that must not be in one hand with an own role."""
    return frozenset(
        (role, village)
        for role, village in absent
        if role in REVIEW_ROLES and (APART.get(role), village) not in deputy
    )


def with_stand_ins(
    actor: Actor, deputations: Iterable[tuple[Deputation, Grants]], day: date
) -> Actor:
    """The person with the roles of everyone for whom they stand in on a day, named as theirs.

    Args:
        deputations: each with the roles that the absent person holds on the day by own right: what
            was lent is not lent on.
    """
    stand_ins = tuple(
        StandIn(
            absent_id=deputation.absent_id,
            name=deputation.absent,
            until_on=deputation.until_on,
            grants=lent_roles(grants, actor.grants) - actor.grants,
        )
        for deputation, grants in deputations
        if deputation.deputy_id == actor.id and deputation.holds_on(day)
    )
    useful = tuple(stand_in for stand_in in stand_ins if stand_in.grants)
    lent = frozenset(grant for stand_in in useful for grant in stand_in.grants)
    return replace(actor, grants=actor.grants | lent, stands_in=useful)


def deputation_refusals(
    asked: Deputation,
    absent: Grants,
    deputy: Grants,
    standing: Iterable[Deputation],
    today: date,
) -> tuple[Refusal, ...]:
    """Every reason why this person may not be named; empty when they may.

    Args:
        absent, deputy: the roles that each holds by own right.
        standing: what is agreed already, of either of them.
    """
    others = [other for other in standing if other.overlaps(asked)]
    checks = (
        *_of_days(asked, today),
        *_of_roles(asked, absent, deputy),
        *_of_others(asked, others),
    )
    return tuple(Refusal(code, words) for fails, code, words in checks if fails)


_Check = tuple[bool, str, str]  # whether it fails, the code of the refusal and its words


def _of_days(asked: Deputation, today: date) -> Iterator[_Check]:
    yield asked.until_on < asked.from_on, "dates_reversed", "最后一天不能早于第一天。"
    yield asked.until_on < today, "over_already", "最后一天已经过了，请改日期。"
    is_too_long = (asked.until_on - asked.from_on).days >= MAX_DAYS
    yield is_too_long, "too_long", f"一次最多替{MAX_DAYS}天；时间更长的，请管理员另行任命。"


def _of_roles(asked: Deputation, absent: Grants, deputy: Grants) -> Iterator[_Check]:
    reviews = _reviews(absent)
    yield asked.deputy_id == asked.absent_id, "own_deputy", "不能请自己替自己。"
    yield not reviews, "nothing_to_lend", f"{asked.absent}现在没有审查的职务，不用请人替。"
    words = "村民委员会主任和村务监督委员会成员不能互相替，请换一个人。"
    yield reviews and not lent_roles(absent, deputy), "roles_apart", words


def _of_others(asked: Deputation, others: Sequence[Deputation]) -> Iterator[_Check]:
    """What is agreed already for some of the days."""
    is_absent = {other.absent_id for other in others}
    words = f"这几天已经有人替{asked.absent}，请先结束那一次。"
    yield asked.absent_id in is_absent, "stood_in_already", words
    words = "这个人那几天自己也请了人替，请换一个人。"
    yield asked.deputy_id in is_absent, "deputy_away", words
    words = f"{asked.absent}那几天正替别人，请先结束那一次。"
    stands_in = any(other.deputy_id == asked.absent_id for other in others)
    yield stands_in, "stands_in_elsewhere", words


def _reviews(grants: Grants) -> bool:
    return any(role in REVIEW_ROLES for role, _ in grants)
