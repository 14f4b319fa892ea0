"""Notices (公开件), their editions, and the content kept apart so that claiming touches small rows."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bulletin.domain.catalog.items import Phase
from bulletin.domain.codes import EditionKey
from bulletin.domain.deadlines.posting_end import PostingEnd, read_end
from bulletin.domain.deadlines.posting_requirements import PostingRequirement, asked_periods
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.notices.workflow import State
from bulletin.store.base import Base, choice
from bulletin.store.duties import Duty, Matter
from bulletin.store.edition_parts import EditionEditor, EditionFile, ReviewStep
from bulletin.store.period_extensions import PeriodExtension
from bulletin.store.places import Publisher, Township, Village

notice_duty = Table(
    "notice_duty",
    Base.metadata,
    Column("notice_id", ForeignKey("notice.id"), primary_key=True),
    Column("duty_id", ForeignKey("duty.id"), primary_key=True, index=True),
)


class Notice(Base):
    """One notice with its code, its register number and its editions."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("register_publisher_id", "register_year", "register_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    digits: Mapped[str] = mapped_column(unique=True)
    procedure: Mapped[str]
    personal: Mapped[bool]  # leaves the web when its period closes
    items: Mapped[
        list[dict[str, Any]]
    ]  # code, title, group, bases (and openness), as the catalog had them
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    phase: Mapped[Phase | None] = mapped_column(choice(Phase, "phase"))
    register_publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))
    register_year: Mapped[int | None]
    register_number: Mapped[int | None]
    opened_at: Mapped[datetime]
    second_reason: Mapped[str] = mapped_column(default="")  # why another one besides what there was

    township: Mapped[Township] = relationship()
    village: Mapped[Village | None] = relationship()
    register_publisher: Mapped[Publisher] = relationship()
    signatures: Mapped[list["Signature"]] = relationship(order_by="Signature.place")
    duties: Mapped[list[Duty]] = relationship(secondary=notice_duty, order_by=Duty.id)
    matter: Mapped[Matter | None] = relationship()
    editions: Mapped[list["Edition"]] = relationship(
        back_populates="notice", order_by="Edition.number"
    )

    @property
    def effective_edition(self) -> "Edition":
        """The newest edition; one that was given up leaves the one before it in effect."""
        valid = (e for e in reversed(self.editions) if e.state is not State.CANCELLED)
        return next(valid, self.editions[-1])

    @property
    def board_village_id(self) -> int | None:
        """On whose boards its sheets hang: of the village that took over, where there is one."""
        return self.village.today.id if self.village is not None else None

    @property
    def register_name(self) -> str | None:
        """The register number as people write it, 张家村公开〔2026〕12号; None before approval."""
        if self.register_number is None or self.register_year is None:
            return None
        prefix = self.register_publisher.prefix
        return str(RegisterNumber(prefix, self.register_year, self.register_number))

    @property
    def register_key(self) -> str:
        """The register number as the history has it: 张家村公开/2026/12."""
        prefix = self.register_publisher.prefix
        return f"{prefix}/{self.register_year}/{self.register_number}"

    @property
    def public_title(self) -> str:
        """The catalog's words for what it is about, for when its own title must not be shown."""
        return "、".join(item["title"] for item in self.items)


class Signature(Base):
    """A publisher that signs a notice, in the order of signing."""

    __tablename__ = "signature"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"), primary_key=True)
    place: Mapped[int]

    publisher: Mapped[Publisher] = relationship()


REDACTED = text("redacted_at IS NOT NULL")  # a few among all


class Edition(Base):
    """One edition: never edited once approved."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("notice_id", "number"),
        Index(None, "state", "publish_at"),  # the sweep finds what is due among millions
        # Residents' lists find a place's newest and what is on display among years of notices.
        Index(None, "township_id", "village_id", "publish_at"),
        Index(None, "township_id", "village_id", "closes_on"),
        Index(None, "township_id", "village_id", "item_group", "publish_at"),
        Index(None, "township_id", "village_id", "item_group", "closes_on"),
        Index(None, "township_id", "closes_on"),  # the same of a township with all its villages
        Index(None, "township_id", "text_digest"),  # who else says the same
        Index(None, "forced", "endorsed_at"),  # what other eyes have to see afterwards
        Index(
            "ix_edition_redacted", "township_id", sqlite_where=REDACTED, postgresql_where=REDACTED
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))  # as its notice's
    item_group: Mapped[str | None]  # of the first item of its notice
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int]  # 1, 2, 3 …
    title: Mapped[str]
    change_note: Mapped[str] = mapped_column(default="")
    state: Mapped[State] = mapped_column(choice(State, "state"))
    state_since: Mapped[datetime]
    review_round: Mapped[int] = mapped_column(default=0)  # counts the submissions
    version: Mapped[int] = mapped_column(default=1)  # of the text: two editors notice each other
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    publish_at: Mapped[datetime | None]  # the chosen moment; empty: with the last step
    posting_days: Mapped[int]
    least_posting_days: Mapped[int]  # what the catalog asks for
    posting_unit: Mapped[str]
    # what each item asks for, see domain.deadlines.posting_requirements; empty: the columns above
    posting_requirements: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # why a sum is meant as it stands, see services.notices.finance.explanations
    explained: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # whom residents tell, kept with the approval, see domain.objections.lines; empty: a draft
    objections: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    # why it closes on that day, see domain.deadlines.posting_end; empty: of an earlier release
    closing: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fingerprint: Mapped[str | None]  # SHA-256, taken when the review begins, kept for good
    # of what it says, see domain.patterns.same_text; taken with the fingerprint
    text_digest: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]  # when the clock wrote it down
    forced: Mapped[bool] = mapped_column(default=False)
    endorsed_at: Mapped[datetime | None]
    endorsed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]  # taken down or cancelled
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    end_reason: Mapped[str] = mapped_column(default="")
    redacted_at: Mapped[datetime | None]  # its content was destroyed; the fact stays
    redacted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    redaction_reason: Mapped[str] = mapped_column(default="")

    notice: Mapped[Notice] = relationship(back_populates="editions")
    content: Mapped["EditionContent"] = relationship(back_populates="edition")
    editors: Mapped[list[EditionEditor]] = relationship()
    files: Mapped[list[EditionFile]] = relationship(order_by=EditionFile.id)
    steps: Mapped[list[ReviewStep]] = relationship(order_by=ReviewStep.id)
    extensions: Mapped[list[PeriodExtension]] = relationship(order_by=PeriodExtension.id)

    @property
    def key(self) -> EditionKey:
        return self.notice.code, self.number

    @property
    def asked_periods(self) -> tuple[PostingRequirement, ...]:
        """All that the posting period has to fulfil: the chosen number first, then each item's."""
        return asked_periods(self.posting_days, self.posting_unit, self.posting_requirements)

    @property
    def posting_end(self) -> PostingEnd | None:
        """Its last day with what explains it; None before approval."""
        if self.opens_on is None or self.closes_on is None:
            return None
        return read_end(self.closes_on, self.opens_on, self.closing)

    @property
    def history_dates(self) -> dict[str, str]:
        """Moment and period as the history has them; '' for what is not fixed yet."""
        moment, opens, closes = self.publish_at, self.opens_on, self.closes_on
        return {
            "publish_at": moment.astimezone(UTC).isoformat(timespec="seconds") if moment else "",
            "opens_on": opens.isoformat() if opens else "",
            "closes_on": closes.isoformat() if closes else "",
        }


class EditionContent(Base):
    __tablename__ = "edition_content"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    document: Mapped[dict[str, Any]]  # the typed document, see domain.content

    edition: Mapped[Edition] = relationship(back_populates="content")
