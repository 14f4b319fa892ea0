"""责任分工: who leads the disclosure of a township, and who answers for what."""

from bulletin.domain.labels import Labelled


class LeadSeat(Labelled):
    """A seat of 政务公开领导小组, in the order of its list."""

    HEAD = "head", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"
    OFFICE = "office", "办公室"
