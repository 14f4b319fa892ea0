"""The form of an inspection: what is looked at, how much it weighs, and which level comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say
from bulletin.domain.oversight.inspections.cadence import Cadence


class InspectionKind(Labelled):
    SELF_CHECK = "self_check", "自查"  # by the village
    INSPECTION = "inspection", "检查"  # by the township


class Question(Labelled):
    """The four questions of every inspection, in their order."""

    PUBLISHED = "published", say("公开了没有")
    COMPLETE = "complete", say("公开全不全")
    UP_TO_DATE = "up_to_date", say("是不是新的")
    READABLE = "readable", say("看不看得懂")


class CriterionWeight(Labelled):
    ESSENTIAL = "essential", say("必须做到")
    MANDATORY = "mandatory", say("应当做到")
    RECOMMENDED = "recommended", say("提倡做到")


class CriterionMark(Labelled):
    MET = "met", say("做到了")
    UNMET = "unmet", say("没做到")
    NOT_APPLICABLE = "not_applicable", say("不适用")


class KnownFact(Labelled):
    """What the records can say about a criterion. How many people read or clicked is none of it."""

    NOTHING_OVERDUE = "nothing_overdue", "逾期的"
    ON_TIME = "on_time", "按时公开的"
    EVERYWHERE = "everywhere", "该上网、上墙的地方都有"
    CONTENT = "content", "公开件写了目录要求的内容"
    ON_BOARDS = "on_boards", "墙上该有的纸"
    NO_STALE_SHEETS = "no_stale_sheets", "墙上过期的纸"
    PHOTOGRAPHED = "photographed", "公开栏照片"
    ANSWERED = "answered", "村民的提问"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    key: str
    words: str
    question: Question
    weight: CriterionWeight
    article: str = ""  # of the law that asks for it
    fact: KnownFact | None = None  # with which the records answer it beforehand


@dataclass(frozen=True, kw_only=True)
class InspectionLevel:
    """A level, and what it asks for at least."""

    key: str
    words: str  # 优秀
    share: int  # per cent of all points
    essential: int  # per cent of the criteria that are essential


@dataclass(frozen=True, kw_only=True)
class InspectionForm:
    criteria: tuple[Criterion, ...]
    points: Mapping[CriterionWeight, int]
    levels: tuple[InspectionLevel, ...]  # the highest first; the last asks for nothing
    cadences: Mapping[InspectionKind, Cadence]
    mending_days: int  # natural days that a finding is given, where nobody sets others

    def criterion(self, key: str) -> Criterion | None:
        return next((each for each in self.criteria if each.key == key), None)
