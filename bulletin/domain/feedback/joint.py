"""联名: how many signed, of how many, and what the law makes of it.

村民委员会组织法 (2025): a tenth of the villagers or a third of their representatives call the 村民会议 (第二十五条), a
fifth of the representatives the 村民代表会议 (第三十条). Several provinces let the same shares ask for an item.
"""

from dataclasses import dataclass
from fractions import Fraction

from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled

_LAW = "《村民委员会组织法》"


class JointKind(Labelled):
    VILLAGERS = "villagers", "十分之一以上的村民"
    REPRESENTATIVES = "representatives", "三分之一以上的村民代表"
    REPRESENTATIVES_FIFTH = "representatives_fifth", "五分之一以上的村民代表"


@dataclass(frozen=True)
class JointRule:
    share: Fraction
    follows: str  # what has to follow
    basis: str


JOINT_RULES = {
    JointKind.VILLAGERS: JointRule(Fraction(1, 10), "召集村民会议", f"{_LAW}第二十五条"),
    JointKind.REPRESENTATIVES: JointRule(Fraction(1, 3), "召集村民会议", f"{_LAW}第二十五条"),
    JointKind.REPRESENTATIVES_FIFTH: JointRule(
        Fraction(1, 5), "召集村民代表会议", f"{_LAW}第三十条"
    ),
}


@dataclass(frozen=True)
class Joint:
    kind: JointKind
    signed: int
    total: int  # all villagers, or all representatives

    @property
    def least(self) -> int:
        """The fewest that are enough."""
        share = JOINT_RULES[self.kind].share * self.total
        return -(-share.numerator // share.denominator)

    @property
    def is_enough(self) -> bool:
        return self.signed >= self.least

    @property
    def words(self) -> str:
        rule = JOINT_RULES[self.kind]
        whose = "村民" if self.kind is JointKind.VILLAGERS else "村民代表"
        signed = f"{whose}共{self.total}人，联名{self.signed}人"
        if self.is_enough:
            return f"{signed}，够{self.kind.label}（{self.least}人），应当{rule.follows}。依据：{rule.basis}。"
        return f"{signed}，不够{self.kind.label}（{self.least}人）。"


def joint_refusals(joint: Joint) -> list[Refusal]:
    """What can't be."""
    if joint.total < 1 or joint.signed < 1:
        return [Refusal("joint_missing", "请填联名多少人，一共多少人。")]
    if joint.signed > joint.total:
        return [
            Refusal("joint_too_many", f"联名{joint.signed}人，比一共{joint.total}人还多，请核对。")
        ]
    return []
