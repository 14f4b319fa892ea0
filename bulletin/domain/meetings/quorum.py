"""Whether enough people came and agreed.

村民委员会组织法 (2025) asks of a 村民会议 more than half of the villagers of eighteen years, or two thirds of
the households' representatives (第二十六条), of a 村民代表会议 two thirds of its members (第三十条), who are the
villagers' representatives and the village committee (第二十九条), of a 村民小组会议 two thirds (第三十二条);
each decides by more than half of those who came. The Party's 支部工作条例
（试行） asks of a 党员大会 half of those with a vote, and more than half of all of them in favour (第十一条), and of
the branch committee half of its members (第十二条). No law counts 两委会议 and 联席会议.
"""

from dataclasses import dataclass
from fractions import Fraction

from bulletin.domain.errors import Refusal
from bulletin.domain.meetings.kinds import PARTS, MeetingKind

_LAW, _PARTY = "《村民委员会组织法》", "《中国共产党支部工作条例（试行）》"
HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


@dataclass(frozen=True, kw_only=True)
class QuorumRule:
    share: Fraction  # of those who are due
    words: str  # 三分之二以上
    basis: str
    is_more: bool = False  # more than the share; else the share is enough
    votes_of_all: bool = False  # a decision needs more than half of all; else of those who came
    decides: bool = True  # whether the law says by how many votes


def _two_thirds(article: str) -> QuorumRule:
    return QuorumRule(share=TWO_THIRDS, words="三分之二以上", basis=f"{_LAW}{article}")


_RULES = {
    MeetingKind.ASSEMBLY: QuorumRule(
        share=HALF, words="过半数", basis=f"{_LAW}第二十六条", is_more=True
    ),
    MeetingKind.HOUSEHOLDS: _two_thirds("第二十六条"),
    MeetingKind.REPRESENTATIVES: _two_thirds("第三十条"),
    MeetingKind.GROUP: _two_thirds("第三十二条"),
    MeetingKind.PARTY_MEMBERS: QuorumRule(
        share=HALF, words="半数以上", basis=f"{_PARTY}第十一条", votes_of_all=True
    ),
    MeetingKind.BRANCH: QuorumRule(
        share=HALF, words="半数以上", basis=f"{_PARTY}第十二条", decides=False
    ),
}


@dataclass(frozen=True)
class Verdict:
    """Whether something counts; None where no law says."""

    counts: bool | None
    words: str


@dataclass(frozen=True)
class Votes:
    in_favour: int
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def words(self) -> str:
        return f"同意{self.in_favour}票，反对{self.against}票，弃权{self.abstained}票"


def needed(rule: QuorumRule, due: int) -> int:
    """The least number of people that are enough."""
    share = rule.share * due
    whole = share.numerator // share.denominator
    return whole + 1 if rule.is_more or whole < share else whole


def rule_words(kind: MeetingKind) -> str:
    """Who is counted and how many of them have to come: 户，三分之二以上到会（《…》第二十六条）."""
    rule = _RULES.get(kind)
    if rule is None:
        return f"{PARTS[kind].due}，法律没有规定到会人数"
    return f"{PARTS[kind].due}，{rule.words}到会（{rule.basis}）"


def quorum(kind: MeetingKind, due: int, came: int) -> Verdict:
    """Whether enough people came."""
    rule = _RULES.get(kind)
    who = f"应到{due}，实到{came}（{PARTS[kind].due}）"
    if rule is None:
        return Verdict(counts=None, words=f"{who}。")
    least = needed(rule, due)
    if came >= least:
        return Verdict(
            counts=True, words=f"{who}，够{rule.words}（{least}），有效。依据：{rule.basis}。"
        )
    return Verdict(
        counts=False,
        words=f"{who}，不够{rule.words}（{least}），不能作出决定。依据：{rule.basis}。",
    )


def decision(kind: MeetingKind, due: int, came: int, votes: Votes) -> Verdict:
    """Whether something was decided, by those who came and by how they voted."""
    rule = _RULES.get(kind)
    if rule is not None and not quorum(kind, due, came).counts:
        return Verdict(counts=False, words=f"{votes.words}，到会人数不够，这一项没有通过。")
    if rule is None or not rule.decides:
        return Verdict(counts=None, words=f"{votes.words}。")
    base, whose = (due, "应到的") if rule.votes_of_all else (came, "到会的")
    least = base // 2 + 1
    if votes.in_favour >= least:
        return Verdict(counts=True, words=f"{votes.words}，超过{whose}半数，通过。")
    return Verdict(
        counts=False, words=f"{votes.words}，没有超过{whose}半数（要{least}票），没有通过。"
    )


def count_faults(due: int, came: int, votes: Votes | None = None, title: str = "") -> list[Refusal]:
    """What can't be: more people than were due, more votes than people."""
    faults = []
    if due < 1:
        faults.append(Refusal("due_missing", "请填应到多少。"))
    if came > due:
        faults.append(Refusal("came_too_many", f"实到{came}，比应到{due}还多，请核对。"))
    if votes is not None and votes.cast > came:
        words = f"“{title}”一共{votes.cast}票，比实到{came}还多，请核对。"
        faults.append(Refusal("votes_too_many", words))
    return faults
