"""What can be found, kind by kind."""

from bulletin.domain.labels import Labelled


class Kind(Labelled):
    NOTICE = "notice", "公开件"
    DUTY = "duty", "要公开的"
    MATTER = "matter", "事项"
    MEETING = "meeting", "会议"
    VILLAGE = "village", "村"
    PERSON = "person", "人员"
