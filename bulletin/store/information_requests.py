"""Requests for information (依申请公开) and what was done with each."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from bulletin.domain.oversight.requests.course import (
    ApplicantClass,
    Consulted,
    Course,
    Extension,
    Fee,
    Inquiry,
    Mending,
    ReceivedBy,
    StepKind,
)
from bulletin.domain.oversight.requests.outcomes import RequestFacts
from bulletin.store.base import Base, choice
from bulletin.store.people import Person

_ASKED = {StepKind.THIRD_PARTY: Consulted.THIRD_PARTY, StepKind.BODY: Consulted.BODY}


class InformationRequest(Base):
    """One request. Who asked and how to reach them is for those who keep the ledger."""

    __tablename__ = "information_request"
    __table_args__ = (
        UniqueConstraint("township_id", "year", "number"),
        Index(None, "township_id", "received_on"),
        Index(None, "township_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    year: Mapped[int]  # of its receipt
    number: Mapped[int]  # within the year
    received_by: Mapped[ReceivedBy] = mapped_column(choice(ReceivedBy, "request_received_by"))
    arrived_on: Mapped[date]
    received_on: Mapped[date]  # from which is counted (第三十一条)
    applicant: Mapped[ApplicantClass] = mapped_column(choice(ApplicantClass, "applicant_class"))
    applicant_name: Mapped[str]
    identity: Mapped[str] = mapped_column(default="")  # how it was proven; '' once it is deleted
    contact: Mapped[str]  # '' once it is deleted
    contact_deleted_at: Mapped[datetime | None]
    late_confirmation: Mapped[str] = mapped_column(default="")  # why it was not confirmed in time
    asked_for: Mapped[str]
    wanted_as: Mapped[str] = mapped_column(default="")  # 纸质、邮寄
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(default="")  # of the schedule; '' while it is open
    ended_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")

    enterer: Mapped[Person | None] = relationship()
    steps: Mapped[list["RequestStep"]] = relationship(
        back_populates="request", order_by="(RequestStep.on, RequestStep.id)"
    )

    @property
    def register_name(self) -> str:
        return f"依申请〔{self.year}〕{self.number}号"

    @property
    def course(self) -> Course:
        """What counts for the day by which it is answered."""
        of = {kind: [step for step in self.steps if step.kind is kind] for kind in StepKind}
        mending = next(iter(of[StepKind.MENDING]), None)
        extension = next(iter(of[StepKind.EXTENSION]), None)
        fee = next(iter(of[StepKind.FEE]), None)
        asked = [step for kind in _ASKED for step in of[kind]]
        return Course(
            received_on=self.received_on,
            received_by=self.received_by,
            mending=Mending(mending.on, mending.until_on or mending.on, mending.done_on)
            if mending
            else None,
            extension=Extension(extension.on, extension.amount, extension.who)
            if extension
            else None,
            inquiries=tuple(
                Inquiry(_ASKED[step.kind], step.on, step.done_on, step.who) for step in asked
            ),
            fee=Fee(fee.on, fee.done_on) if fee else None,
        )

    @property
    def facts(self) -> RequestFacts:
        return RequestFacts(self.applicant, self.received_on, self.ended_on, self.outcome)


class RequestStep(Base):
    """One thing done with a request."""

    __tablename__ = "request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("information_request.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(choice(StepKind, "request_step_kind"))
    on: Mapped[date] = mapped_column("done_since")  # told, asked, received by whom is asked
    until_on: Mapped[date | None]  # the day that was given to mend it
    done_on: Mapped[date | None]  # mended, answered, paid
    amount: Mapped[int] = mapped_column(default=0)  # working days of an extension, yuan of a fee
    who: Mapped[str] = mapped_column(default="")  # who consented, who is asked
    words: Mapped[str] = mapped_column(default="")  # what is to be mended
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    request: Mapped[InformationRequest] = relationship(back_populates="steps")


def requests_at(township_id: int) -> Select[InformationRequest]:
    """The requests of a township, the newest first."""
    return (
        select(InformationRequest)
        .where(InformationRequest.township_id == township_id)
        .options(selectinload(InformationRequest.steps))
        .order_by(InformationRequest.year.desc(), InformationRequest.number.desc())
    )


def open_requests(township_id: int) -> Select[InformationRequest]:
    """Those that nobody has answered yet."""
    return requests_at(township_id).where(InformationRequest.ended_on.is_(None))


def counted_in(township_id: int, year: int) -> Select[InformationRequest]:
    """Those that table 三 of a year counts: received by its end, and not ended before it."""
    ended = InformationRequest.ended_on
    return requests_at(township_id).where(
        InformationRequest.received_on <= date(year, 12, 31),
        or_(ended.is_(None), ended >= date(year, 1, 1)),
    )


def with_contact_until(last_on: date) -> Select[InformationRequest]:
    """Those ended on a day or before it, of which it is still known how to reach the applicant."""
    return select(InformationRequest).where(
        InformationRequest.ended_on <= last_on, InformationRequest.contact_deleted_at.is_(None)
    )


def last_number(session: Session, township_id: int, year: int) -> int:
    """The number of the newest request of a year; 0 when there is none."""
    newest = select(func.max(InformationRequest.number)).where(
        InformationRequest.township_id == township_id, InformationRequest.year == year
    )
    return session.scalar(newest) or 0


def count_of_month(session: Session, request: InformationRequest) -> int:
    """How many requests of the same applicant a month has up to this one, in the order in which they came.

    The same is who has the same kind, name and contact.
    """
    cls, first = InformationRequest, request.received_on.replace(day=1)
    earlier = or_(
        cls.received_on < request.received_on,
        and_(cls.received_on == request.received_on, cls.id <= request.id),
    )
    same = select(func.count()).where(
        cls.township_id == request.township_id,
        cls.applicant == request.applicant,
        cls.applicant_name == request.applicant_name,
        cls.contact == request.contact,
        cls.received_on >= first,
        earlier,
    )
    return session.scalar(same) or 0
