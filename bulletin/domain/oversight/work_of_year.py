"""What a county compares of its townships' year, in the order in which it is read."""

from collections.abc import Mapping
from enum import StrEnum

from bulletin.domain.labels import Labelled
from bulletin.domain.oversight.annual_report.counts import ReportCount


class WorkCount(Labelled):
    """Figures of a township's year that no text of its report names."""

    MATERIAL_MISSING = "material_missing", "站所逾期没报"
    REQUESTS = "requests", "收到申请"
    REQUESTS_OPEN = "requests_open", "没办完的申请"
    REQUESTS_LATE = "requests_late", "超期的申请"
    LEDGERS_OPEN = "ledgers_open", "没结账的台账"


class WorkSection(Labelled):
    DISCLOSURES = "disclosures", "公开"
    OPENNESS = "openness", "五公开"
    INSPECTIONS = "inspections", "检查和督办"
    QUESTIONS = "questions", "提问和宣教"
    REQUESTS = "requests", "申请、台账、年报"


# What is owed to somebody, and not a measure of work.
LACKS: frozenset[StrEnum] = frozenset(
    {WorkCount.MATERIAL_MISSING, WorkCount.REQUESTS_LATE, ReportCount.UNANSWERED}
)
WORK: Mapping[WorkSection, tuple[ReportCount | WorkCount, ...]] = {
    WorkSection.DISCLOSURES: (
        ReportCount.PUBLISHED,
        ReportCount.OF_TOWNSHIP,
        ReportCount.OF_VILLAGES,
        ReportCount.CORRECTED,
        ReportCount.POSTED,
        ReportCount.MEETINGS,
        WorkCount.MATERIAL_MISSING,
    ),
    WorkSection.OPENNESS: (
        ReportCount.DECISION,
        ReportCount.EXECUTION,
        ReportCount.MANAGEMENT,
        ReportCount.SERVICE,
        ReportCount.RESULT,
        ReportCount.INTERPRETED,
    ),
    WorkSection.INSPECTIONS: (
        ReportCount.INSPECTIONS,
        ReportCount.FINDINGS,
        ReportCount.MENDED,
        ReportCount.ORDERS,
        ReportCount.CIRCULARS,
        ReportCount.CASES,
    ),
    WorkSection.QUESTIONS: (
        ReportCount.ASKED,
        ReportCount.ANSWERED,
        ReportCount.UNANSWERED,
        ReportCount.TRAININGS,
        ReportCount.TRAINED,
        ReportCount.PUBLICITY,
        ReportCount.HANDOUTS,
    ),
    WorkSection.REQUESTS: (
        WorkCount.REQUESTS,
        WorkCount.REQUESTS_OPEN,
        WorkCount.REQUESTS_LATE,
        ReportCount.REQUEST_FEES,
        WorkCount.LEDGERS_OPEN,
    ),
}
