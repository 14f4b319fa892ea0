"""The meetings of 四议两公开 and beside it, and which item of the catalog makes their decisions public."""

from dataclasses import dataclass

from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say


class MeetingKind(Labelled):
    """In the order of 四议: 提议, 商议, 审议, 决议."""

    BRANCH = "branch", say("党支部会议")
    COMMITTEES = "committees", say("村“两委”会议")
    PARTY_MEMBERS = "party_members", say("党员大会")
    REPRESENTATIVES = "representatives", say("村民代表会议")
    ASSEMBLY = "assembly", say("村民会议")
    HOUSEHOLDS = "households", say("村民会议（户代表参加）")
    GROUP = "group", say("村民小组会议")
    JOINT = "joint", say("联席会议")


@dataclass(frozen=True)
class MeetingPart:
    """What a kind of meeting is for."""

    step: str  # 提议: its part in 四议两公开; '' for none
    due: str  # who is counted: 村民代表
    item: str = ""  # the catalog's code for what it decides; '' where nothing must be public


STEPS = ("提议", "商议", "审议", "决议")  # 四议, in their order
PARTS = {
    MeetingKind.BRANCH: MeetingPart("提议", "支部委员", "party.resolutions"),
    MeetingKind.COMMITTEES: MeetingPart("商议", "两委成员"),
    MeetingKind.PARTY_MEMBERS: MeetingPart("审议", "有表决权的党员", "party.resolutions"),
    MeetingKind.REPRESENTATIVES: MeetingPart(
        "决议", "村民代表和村委会成员", "affairs.meeting_decisions"
    ),
    MeetingKind.ASSEMBLY: MeetingPart("决议", "十八周岁以上村民", "affairs.meeting_decisions"),
    MeetingKind.HOUSEHOLDS: MeetingPart("决议", "户", "affairs.meeting_decisions"),
    MeetingKind.GROUP: MeetingPart("", "村民或户", "affairs.group_decisions"),
    MeetingKind.JOINT: MeetingPart("", "参会人员"),
}
