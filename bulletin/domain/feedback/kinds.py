"""The words of feedback: what was asked, how it came, who answers, and what is not taken, with where to go."""

from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say


class FeedbackKind(Labelled):
    QUESTION = "question", say("提问")
    OBJECTION = "objection", say("异议")  # to what a notice says
    REQUEST = "request", say("申请公开")  # of an item that is not public


class FeedbackChannel(Labelled):
    WEB = "web", say("网上")
    PHONE = "phone", say("电话")
    BOX = "box", say("意见箱")
    IN_PERSON = "in_person", say("当面")


class Level(Labelled):
    """Who answers; whoever is not content, or waits in vain, goes to the next one."""

    VILLAGE = "village", say("村")
    TOWNSHIP = "township", say("乡镇")
    COUNTY = "county", say("县级")


class EntryKind(Labelled):
    """One line of a dialogue. It is added to, and never edited."""

    ASKED = "asked", say("提出")
    ADDED = "added", say("补充")
    ANSWERED = "answered", say("答复")
    ESCALATED = "escalated", say("请上一级答复")
    NOT_TAKEN = "not_taken", say("不在这里办理")


BY_ASKER = frozenset({EntryKind.ASKED, EntryKind.ADDED, EntryKind.ESCALATED})


class NotTaken(Labelled):
    """The whole list of what is not taken here: nothing else may be turned away."""

    EMERGENCY = "emergency", say("报警、急救、火警")
    MISCONDUCT = "misconduct", say("检举党员干部违纪违法")
    PETITION = "petition", say("信访事项")
    LAWSUIT = "lawsuit", say("诉讼、仲裁、行政复议的事")
    WAGES = "wages", say("拖欠工资")
    DISPUTE = "dispute", say("邻里和家庭纠纷")
    NO_MATTER = "no_matter", say("广告、谩骂，和公开无关")
    REPEATED = "repeated", say("同一件事已经答复过")


WHERE_TO_GO = {
    NotTaken.EMERGENCY: say("请马上打电话：报警110，火警119，急救120。"),
    NotTaken.MISCONDUCT: say("请向纪检监察机关反映，电话12388。"),
    NotTaken.PETITION: say("请到乡镇信访办，或者国家信访局网站反映，办理情况可以查询。"),
    NotTaken.LAWSUIT: say(
        "请向人民法院、仲裁委员会或者复议机关提出；不知道找谁，可以打法律服务热线12348。"
    ),
    NotTaken.WAGES: say("请打劳动保障电话12333，或者到县劳动监察大队。"),
    NotTaken.DISPUTE: say("请找村人民调解委员会或者乡镇司法所，法律服务热线12348。"),
    NotTaken.NO_MATTER: say("这里只答复村务、政务公开的事，别的事请打12345。"),
    NotTaken.REPEATED: say("请用前一张回执查看答复；不满意的，可以用那张回执请上一级答复。"),
}


def next_level(level: Level) -> Level | None:
    """Who answers after this one; None after the last."""
    levels = list(Level)
    place = levels.index(level) + 1
    return levels[place] if place < len(levels) else None


def first_level(village_id: int | None) -> Level:
    """A village answers first for itself; what the township published, the township."""
    return Level.TOWNSHIP if village_id is None else Level.VILLAGE
