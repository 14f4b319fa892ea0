"""The papers beside the notices: what each says, and the data that its template reads."""

from dataclasses import dataclass
from typing import Any

from bulletin.domain.formats import Paper
from bulletin.sheets.facts import FontChoice, Watermark
from bulletin.sheets.layout import page_data
from bulletin.sheets.widths import breakable


@dataclass(frozen=True)
class WalkLine:
    title: str
    what: str  # 第2版 · 换下第1版
    pages: int | None  # to hang; None where nothing is hung


@dataclass(frozen=True)
class WalkGroup:
    """What is done alike: 要贴的, 要换的, 要取下的, 留着的."""

    heading: str
    lines: tuple[WalkLine, ...]
    urgent: bool = True


@dataclass(frozen=True)
class WalkFacts:
    """The walk to one board."""

    township: str
    title: str  # 张家村 村委会门口公开栏　11月24日
    place: str  # where the board is
    groups: tuple[WalkGroup, ...]
    mark: Watermark = ""


def walk_data(facts: WalkFacts, paper: Paper, fonts: FontChoice) -> dict[str, Any]:
    return {
        **page_data(paper, fonts, facts.mark),
        "township": facts.township,
        "title": facts.title,
        "place": facts.place,
        "groups": [
            {
                "heading": group.heading,
                "tone": "accent" if group.urgent else "quiet",
                "lines": [
                    {
                        "title": breakable(line.title),
                        "what": line.what,
                        "pages": "" if line.pages is None else f"{line.pages}页",
                    }
                    for line in group.lines
                ],
            }
            for group in facts.groups
            if group.lines
        ],
    }


@dataclass(frozen=True)
class PlaceFacts:
    """What every paper of a place says that is no notice."""

    township: str  # 互助土族自治县红崖子沟乡
    village: str  # '' for the township itself
    board_title: str  # 村务公开栏
    title: str  # of the document
    link: str  # what the code leads to
    scan_words: str  # what for
    phones: tuple[tuple[str, str], ...] = ()
    host_words: str = ""
    mark: Watermark = ""


@dataclass(frozen=True)
class CatalogGroup:
    heading: str
    rows: tuple[tuple[str, str, str, str], ...]  # number, item, when, for how long


def place_data(facts: PlaceFacts, paper: Paper, fonts: FontChoice) -> dict[str, Any]:
    """The frame of a paper of a place: what the letterhead and the foot read."""
    return {
        **page_data(paper, fonts, facts.mark),
        "flipped": False,
        "number": "",
        "township": facts.township,
        "village": facts.village,
        "board_title": facts.board_title,
        "topic": "",
        "title": facts.title,
        "title_lines": [facts.title],
        "edition": None,
        "change_note": "",
        "period": "",
        "until": "",
        "objection": "",
        "phones": [list(phone) for phone in facts.phones],
        "reading_place": "",
        "digits": "",
        "host_words": facts.host_words,
        "scan_words": facts.scan_words,
        "fingerprint": "",
        "checkpoint": [],
    }


def catalog_data(since: str, groups: tuple[CatalogGroup, ...]) -> dict[str, Any]:
    """The rows of 公开事项目录; `since` says from which day it is in force."""
    return {
        "since": since,
        "groups": [
            {
                "heading": group.heading,
                "rows": [
                    dict(
                        zip(("number", "title", "when", "period"), map(breakable, row), strict=True)
                    )
                    for row in group.rows
                ],
            }
            for group in groups
        ],
    }


@dataclass(frozen=True)
class CertificateRow:
    board: str
    edition: int
    hung: str
    down: str  # 还贴着 while it hangs
    known: str  # 登记；10月12日照片


@dataclass(frozen=True)
class CertifiedEdition:
    number: int
    published: str
    fingerprint: str  # as it is printed


@dataclass(frozen=True, kw_only=True)
class CertifiedCorrection:
    """What a record said before it was corrected, and why."""

    board: str
    edition: int
    what: str  # 贴上日期由10月8日更正为10月9日
    reason: str
    made: str  # the day


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate of posting says."""

    township: str
    notice: str  # its title
    number: str
    publishers: tuple[str, ...]
    period: str
    online: str  # 10月10日 09:00起
    link: str
    rows: tuple[CertificateRow, ...]
    editions: tuple[CertifiedEdition, ...]
    photos: tuple[tuple[str, bytes], ...]  # caption, picture
    checkpoint: str
    corrections: tuple[CertifiedCorrection, ...] = ()  # of the records, the oldest first
    mark: Watermark = ""


def certificate_data(facts: CertificateFacts, fonts: FontChoice) -> dict[str, Any]:
    """All but the photographs, which are files beside the template."""
    return {
        **page_data("a4", fonts, facts.mark),
        "title": "张贴证明",
        "township": facts.township,
        "notice": breakable(facts.notice),
        "number": facts.number,
        "publishers": list(facts.publishers),
        "period": facts.period,
        "online": facts.online,
        "checkpoint": facts.checkpoint,
        "rows": [
            {
                "board": breakable(row.board),
                "edition": f"第{row.edition}版",
                "hung": row.hung,
                "down": row.down,
                "known": row.known,
            }
            for row in facts.rows
        ],
        "corrections": [
            {
                "record": f"{breakable(made.board)}，第{made.edition}版",
                "what": breakable(made.what),
                "why": breakable(f"{made.made}更正：{made.reason}"),
            }
            for made in facts.corrections
        ],
        "editions": [
            {
                "number": f"第{edition.number}版",
                "published": edition.published,
                "fingerprint": edition.fingerprint,
            }
            for edition in facts.editions
        ],
    }
