"""What a report counts besides its tables: what was published, how punctually, what residents asked."""

from bulletin.domain.labels import Labelled


class ReportCount(Labelled):
    """A figure of the year; its word is the name by which the text calls it."""

    PUBLISHED = "published", "公开信息"
    OF_TOWNSHIP = "of_township", "公开的乡镇信息"
    OF_VILLAGES = "of_villages", "公开的村务信息"
    PARTY = "party", "公开的党务"
    GOVERNMENT = "government", "公开的政务"
    AFFAIRS = "affairs", "公开的事务"
    FINANCE = "finance", "公开的财务"
    COLLECTIVE = "collective", "公开的集体经济"
    CORRECTED = "corrected", "更正"
    VILLAGES = "villages", "村数"
    OWED = "owed", "应公开"
    ON_TIME = "on_time", "按时公开"
    LACKING = "lacking", "未按时公开"
    SHARE = "share", "按时率"
    LACKING_PLACES = "lacking_places", "未按时较多的"
    LACKING_BEFORE = "lacking_before", "上年未按时公开"
    ASKED = "asked", "收到提问"
    ANSWERED = "answered", "答复提问"
    UNANSWERED = "unanswered", "未答复提问"
    MEETINGS = "meetings", "会议"
    BOARDS = "boards", "公开栏"
    POSTED = "posted", "张贴"
    AIRED = "aired", "播音"
    REQUEST_FEES = "request_fees", "信息处理费"
