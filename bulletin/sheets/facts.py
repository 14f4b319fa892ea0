"""What a sheet says, gathered before it is set: frozen values, no records, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bulletin.domain.formats import Paper
from bulletin.domain.history import Checkpoint
from bulletin.domain.notices.content import Document

Watermark = Literal["", "草稿", "演示"]


@dataclass(frozen=True)
class SheetFacts:
    """Everything that one edition prints. What is empty or None is left out of the sheet.

    A draft (mark 草稿) prints neither number, code nor digits, whatever is given here.
    A rehearsal (mark 演示) is whole and says on every page that it is none.
    """

    township: str  # 互助土族自治县红崖子沟乡
    village: str  # '' for the township's own notices
    board_title: str  # 村务公开栏, 政务公开栏
    title: str
    document: Document
    publishers: tuple[str, ...]  # as they sign, one line each
    code: str
    edition: int
    public_url: str  # what the QR code leads to, without /N/
    topic: str = ""  # the class that its band says: 财务, 补贴
    number: str | None = None  # 张家村公开〔2026〕12号
    signed_on: date | None = None  # None leaves blanks for the day
    opens_on: date | None = None
    closes_on: date | None = None  # the last day, included
    period_words: str = ""  # 15日, 7个工作日
    objection: str = ""  # how and until when to object
    phones: tuple[tuple[str, str], ...] = ()  # (who, phone)
    change_note: str = ""  # what this edition corrects
    digits: str = ""  # the digits twin of the code
    host_words: str = ""  # what people type: gk.huzhu.gov.cn
    reading_place: str = ""  # where to read, when phones can't from everywhere
    fingerprint: str = ""  # SHA-256 in hex
    checkpoint: Checkpoint | None = None
    mark: Watermark = ""
    is_scan: bool = False  # a paper of a higher body: its pages fill the sheet
    images: Mapping[str, bytes] = field(default_factory=dict)  # SHA-256 in hex → picture

    @property
    def usual_paper(self) -> Paper:
        """A scanned page in a frame is small on A4."""
        return "a3" if self.is_scan else "a4"

    @property
    def is_draft(self) -> bool:
        return self.mark == "草稿"


@dataclass(frozen=True)
class FontChoice:
    """Font families by name. The packaged one fills in what they lack, then the office's others."""

    body: str = "Noto Serif SC"
    title: str = "Noto Serif SC"
    others: tuple[str, ...] = ()  # the office's further families: characters of its own making


@dataclass(frozen=True)
class PrintedSheet:
    pdf: bytes
    pages: int


@dataclass(frozen=True)
class PhoneSheet(PrintedSheet):
    """Pages of a phone's width."""

    whole: int = 0  # pages of the sheet that these only sum up; 0 when they hold all of it
