"""Who acts: people with roles in a village or the township, and the clock, always by name."""

from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or the site itself.

    `grants` holds (role, village id); the village id is None for a role in the township.
    """

    id: int | None  # None: the site's own clock, or the one who sits at the command line
    name: str
    township_id: int | None = None
    grants: frozenset[tuple[Role, int | None]] = field(default_factory=frozenset)

    def holds(self, role: Role, village_id: int | None) -> bool:
        """Whether this person has the role for a village, or for the township (None)."""
        return (role, village_id) in self.grants

    def holds_anywhere(self, role: Role) -> bool:
        return any(held is role for held, _ in self.grants)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, _ in self.grants)

    @property
    def village_ids(self) -> frozenset[int]:
        return frozenset(village for _, village in self.grants if village is not None)

    @property
    def is_of_township(self) -> bool:
        return any(village is None for _, village in self.grants)

    def may_see(self, village_id: int | None) -> bool:
        """Village people see their village; township people and the site itself see every place."""
        if self.id is None or self.is_of_township:
            return True
        return village_id is not None and village_id in self.village_ids

    def tends_boards_of(self, village_id: int | None) -> bool:
        """The wall is the liaison's: of the village, or of the township for every village."""
        return self.holds(Role.LIAISON, village_id) or self.holds(Role.LIAISON, None)


CLOCK = Actor(None, "发布时钟")
OPERATOR = Actor(None, "命令行管理员")
