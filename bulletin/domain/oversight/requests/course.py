"""The course of a request for information: what happened to it, and on which day it was received (第三十一条)."""

from dataclasses import dataclass
from datetime import date

from bulletin.domain.errors import refuse
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say


class ReceivedBy(Labelled):
    """How a request came in."""

    HAND = "hand", "当面提交"
    ORAL = "oral", "口头提出，代填"
    SIGNED_POST = "signed_post", "邮寄，要签收"
    PLAIN_POST = "plain_post", "平常信函，不用签收"
    ONLINE = "online", "网上"
    FAX = "fax", "传真"

    @property
    def is_confirmed_first(self) -> bool:
        """It counts from the day on which office and applicant confirmed it to each other."""
        return self in {ReceivedBy.PLAIN_POST, ReceivedBy.ONLINE, ReceivedBy.FAX}


class ApplicantClass(Labelled):
    """Who asks: the columns of table 三."""

    PERSON = "person", say("自然人")
    COMPANY = "company", say("商业企业")
    RESEARCH = "research", say("科研机构")
    WELFARE = "welfare", say("社会公益组织")
    LEGAL = "legal", say("法律服务机构")
    OTHER = "other", say("其他")


class Consulted(Labelled):
    """Who is asked for an opinion, while the clock stands still."""

    THIRD_PARTY = "third_party", "第三方"
    BODY = "body", "共同制作的其他机关"


class StepKind(Labelled):
    """What is done with a request between its receipt and its answer."""

    MENDING = "mending", "告知补正"
    EXTENSION = "extension", "延长答复期限"
    THIRD_PARTY = "third_party", "征求第三方意见"
    BODY = "body", "征求其他机关意见"
    FEE = "fee", "告知缴费"


@dataclass(frozen=True)
class Mending:
    """What was unclear, asked for once."""

    asked_on: date
    until_on: date  # the day that the office named
    arrived_on: date | None = None  # of the mended request


@dataclass(frozen=True)
class Extension:
    told_on: date
    days: int  # working days
    consent_by: str  # the head of the office for the disclosure of information


@dataclass(frozen=True)
class Inquiry:
    kind: Consulted
    received_on: date  # by whom is asked
    answered_on: date | None = None
    who: str = ""


@dataclass(frozen=True)
class Fee:
    told_on: date
    paid_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Course:
    """All that counts for its day."""

    received_on: date
    received_by: ReceivedBy
    mending: Mending | None = None
    extension: Extension | None = None
    inquiries: tuple[Inquiry, ...] = ()
    fee: Fee | None = None


def received_on(by: ReceivedBy, arrived_on: date, confirmed_on: date | None) -> date:
    """The day of receipt (第三十一条).

    Args:
        arrived_on: when it was handed over, signed for, or lay in the box.
        confirmed_on: when the office confirmed it with the applicant, where that is what counts.

    Raises:
        Refused: the day of confirmation is missing, or lies before the arrival.
    """
    if not by.is_confirmed_first:
        return arrived_on
    if confirmed_on is None:
        raise refuse(
            "not_confirmed",
            f"{by.label}的申请，从双方确认之日起算（条例第三十一条）。请当天与申请人确认，填上确认的日子。",
        )
    if confirmed_on < arrived_on:
        raise refuse("before_arrival", "确认的日子不能早于到达的日子（条例第三十一条）。")
    return confirmed_on
