"""联名: how many signed, of how many, and what the law makes of it.

村民委员会组织法 (2025): a tenth of the villagers or a third of their representatives call the 村民会议 (第二十五条), a
fifth of the representatives the 村民代表会议 (第三十条). Several provinces let the same shares ask for an item.
"""

from dataclasses import dataclass
from fractions import Fraction

from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say

_LAW = say("《村民委员会组织法》")


class JointKind(Labelled):
    VILLAGERS = "villagers", say("十分之一以上的村民")
    REPRESENTATIVES = "representatives", say("三分之一以上的村民代表")
    REPRESENTATIVES_FIFTH = "representatives_fifth", say("五分之一以上的村民代表")


@dataclass(frozen=True)
class JointRule:
    share: Fraction
    follows: str  # what has to follow
    basis: str


JOINT_RULES = {
    JointKind.VILLAGERS: JointRule(
        Fraction(1, 10), say("召集村民会议"), say("%(law)s第二十五条", law=_LAW)
    ),
    JointKind.REPRESENTATIVES: JointRule(
        Fraction(1, 3), say("召集村民会议"), say("%(law)s第二十五条", law=_LAW)
    ),
    JointKind.REPRESENTATIVES_FIFTH: JointRule(
        Fraction(1, 5), say("召集村民代表会议"), say("%(law)s第三十条", law=_LAW)
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
        whose = say("村民") if self.kind is JointKind.VILLAGERS else say("村民代表")
        signed = say(
            "%(whose)s共%(total)s人，联名%(signed)s人",
            whose=whose,
            total=self.total,
            signed=self.signed,
        )
        if self.is_enough:
            return say(
                "%(signed)s，够%(kind)s（%(least)s人），应当%(follows)s。依据：%(basis)s。",
                signed=signed,
                kind=self.kind.label,
                least=self.least,
                follows=rule.follows,
                basis=rule.basis,
            )
        return say(
            "%(signed)s，不够%(kind)s（%(least)s人）。",
            signed=signed,
            kind=self.kind.label,
            least=self.least,
        )


def joint_refusals(joint: Joint) -> list[Refusal]:
    """What can't be."""
    if joint.total < 1 or joint.signed < 1:
        return [Refusal("joint_missing", say("请填联名多少人，一共多少人。"))]
    if joint.signed > joint.total:
        return [
            Refusal(
                "joint_too_many",
                say(
                    "联名%(signed)s人，比一共%(total)s人还多，请核对。",
                    signed=joint.signed,
                    total=joint.total,
                ),
            )
        ]
    return []
