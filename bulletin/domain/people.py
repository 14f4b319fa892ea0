"""Who acts: people with roles in a village or the township, and the clock, always by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bulletin.domain.labels import Labelled


class Role(Labelled):
    # drafts, prints, posts; of a village, or of the township's offices
    LIAISON = "liaison", "信息员"
    SUPERVISOR = "supervisor", "村务监督委员会成员"
    VILLAGE_HEAD = "village_head", "村民委员会主任"  # first responsible
    SCREENER = "screener", "乡镇专职信息员"
    APPROVER = "approver", "乡镇分管领导"
    OVERSEER = "overseer", "乡镇督查"
    ADMINISTRATOR = "administrator", "管理员"
    COUNTY_OVERSEER = "county_overseer", "县级督查"  # sees every township of the site


VILLAGE_ROLES = frozenset({Role.LIAISON, Role.SUPERVISOR, Role.VILLAGE_HEAD})
TOWNSHIP_ROLES = frozenset(Role) - {Role.SUPERVISOR, Role.VILLAGE_HEAD, Role.COUNTY_OVERSEER}
REVIEW_ROLES = frozenset({Role.SUPERVISOR, Role.VILLAGE_HEAD, Role.SCREENER, Role.APPROVER})


NO_TOWNSHIP = 0  # of the clock, of a county overseer who looks into none, of an empty site


Grants = frozenset[tuple[Role, int | None]]  # (role, village id); None for a role in the township


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """For whom a person stands in, until when, and which roles that lends, see domain/deputies.py."""

    absent_id: int
    name: str
    until_on: date
    grants: Grants  # none that the person holds anyway


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or the site itself (`SystemActor`).

    `grants` holds (role, village id); the village id is None for a role in the township. What is lent
    by `stands_in` is among them. A role in a village goes for those that merged into it too: what they
    published is in its hands now.
    """

    id: int | None  # None: the site itself
    name: str
    township_id: int = NO_TOWNSHIP
    grants: Grants = field(default_factory=frozenset)
    stands_in: tuple[StandIn, ...] = ()
    merged_ids: frozenset[int] = frozenset()  # villages of the grants that are no more

    def holds(self, role: Role, village_id: int | None) -> bool:
        """Whether this person has the role for a village, or for the township (None)."""
        return (role, village_id) in self.grants

    def in_place_of(self, seats: Iterable[tuple[Role, int | None]]) -> tuple[StandIn, ...]:
        """For whom this person would act in one of some seats; empty: by own right, or not at all."""
        held = self.grants & frozenset(seats)
        lending = tuple(each for each in self.stands_in if each.grants & held)
        lent = frozenset(grant for each in lending for grant in each.grants)
        return () if held - lent else lending

    def holds_anywhere(self, role: Role) -> bool:
        return any(granted is role for granted, _ in self.grants)

    def places_of(self, role: Role) -> frozenset[int | None]:
        """The villages for which this person has a role; None among them: the township."""
        return frozenset(place for granted, place in self.grants if granted is role)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, _ in self.grants)

    @property
    def village_ids(self) -> frozenset[int]:
        """The villages of today in which this person has a role."""
        of_grants = frozenset(village for _, village in self.grants if village is not None)
        return of_grants - self.merged_ids

    @property
    def is_of_township(self) -> bool:
        return any(village is None for _, village in self.grants)

    @property
    def is_reviewer(self) -> bool:
        """Whether a step of the review may be this person's, of whatever place."""
        return bool(self.roles & REVIEW_ROLES)

    @property
    def is_system(self) -> bool:
        """The clock, or the operator at the command line: no person."""
        return False

    @property
    def administers(self) -> bool:
        """People, villages, boards' owners and catalogs are the administrator's."""
        return self.holds(Role.ADMINISTRATOR, None)

    @property
    def oversees_county(self) -> bool:
        return self.holds(Role.COUNTY_OVERSEER, None)

    @property
    def places(self) -> frozenset[int | None] | None:
        """Village people see their villages, township people every place of the township (None)."""
        return None if self.is_of_township else self.village_ids | self.merged_ids

    def may_see(self, village_id: int | None) -> bool:
        return self.places is None or village_id in self.places

    def tends_boards_of(self, village_id: int | None) -> bool:
        """Boards are the liaison's: of the village, or of the township for every village."""
        return self.holds(Role.LIAISON, village_id) or self.holds(Role.LIAISON, None)

    def photographs_boards_of(self, village_id: int | None) -> bool:
        """Who tends them, and the township's overseer, who inspects them and records no posting."""
        return self.tends_boards_of(village_id) or self.holds(Role.OVERSEER, None)


def with_merged(actor: Actor, merged: Mapping[int, int]) -> Actor:
    """The person with the same roles for the villages that merged into the own ones.

    What is lent for a village is lent for those that merged into it.

    Args:
        merged: by id of a village that is no more the one that has its place today.
    """
    inherited = _inherited(actor.grants, merged)
    lending = tuple(
        replace(each, grants=each.grants | _inherited(each.grants, merged))
        for each in actor.stands_in
    )
    return replace(
        actor,
        grants=actor.grants | inherited,
        stands_in=lending,
        merged_ids=frozenset(before for _, before in inherited if before is not None),
    )


def _inherited(grants: Grants, merged: Mapping[int, int]) -> Grants:
    return frozenset(
        (role, before)
        for before, today in merged.items()
        for role in Role
        if (role, today) in grants
    )


class SystemActor(Actor):
    """The site itself: it holds no role, sees every place and may do what an administrator may."""

    def __init__(self, name: str, township_id: int = NO_TOWNSHIP) -> None:
        super().__init__(None, name, township_id)

    @property
    def is_system(self) -> bool:
        return True

    @property
    def administers(self) -> bool:
        return True

    @property
    def oversees_county(self) -> bool:
        return True

    @property
    def places(self) -> None:
        return None


CLOCK = SystemActor("发布时钟")


def clock_for(township_id: int) -> SystemActor:
    """The clock, where what it does is one township's and its subject does not say whose."""
    return SystemActor(CLOCK.name, township_id)


OPERATOR = SystemActor("命令行管理员")
