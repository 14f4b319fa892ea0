"""From facts to the data that the template reads; every word is data, none is markup."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bulletin.domain.amounts import prose_words
from bulletin.domain.codes import digits_words, fingerprint_words
from bulletin.domain.days import day_words, village_time
from bulletin.domain.formats import Paper
from bulletin.domain.history import Checkpoint
from bulletin.domain.notices.content import (
    SUMMARY_TITLE,
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    Table,
    Translation,
)
from bulletin.sheets.facts import FontChoice, SheetFacts, Watermark
from bulletin.sheets.fits import TEXT_WIDTHS, Fit, Medium, title_ems
from bulletin.sheets.tables import table_data
from bulletin.sheets.title_lines import title_lines
from bulletin.sheets.widths import breakable

PACKAGED_FONT = "Noto Serif SC"
CODE_SIDE_MM = 45  # of the code on what hangs (A4), without its white border of four modules
SMALL_CODE_SIDE_MM = 36  # on the pages between the first and the last
UNTITLED = "（尚无标题）"  # a draft may lack one, a tagged PDF may not
SCAN_WORDS = "扫码看网上版、核对真伪、看有无更正"
SALUTATION = 20  # characters: 各位村民：, 全体党员、村民代表：


@dataclass(frozen=True)
class PlacedPicture:
    file: str  # path under the template's root
    width: int  # points on A4


def sheet_data(
    facts: SheetFacts, paper: Medium, fonts: FontChoice, pictures: Mapping[str, PlacedPicture]
) -> dict[str, Any]:
    """The whole of facts.json but for what depends on the pages: `fit_data` and the codes."""
    draft = facts.is_draft
    blocks = list(_blocks(facts.document, pictures))
    return {
        **page_data(paper, fonts, facts.mark),
        "scan": facts.is_scan,
        "township": facts.township,
        "village": facts.village,
        "board_title": facts.board_title,
        "topic": facts.topic,
        "number": "" if draft else facts.number or "",
        "title": facts.title or UNTITLED,
        "publishers": list(facts.publishers),
        "signed": "　　年　　月　　日" if facts.signed_on is None else day_words(facts.signed_on),
        "dated": None if facts.signed_on is None else _dated(facts.signed_on),
        "edition": facts.edition,
        "change_note": breakable(facts.change_note),
        "period": _period(facts),
        "until": _until(facts),
        "objection": breakable(facts.objection),
        "phones": [list(phone) for phone in facts.phones],
        "scan_words": SCAN_WORDS,
        "host_words": facts.host_words,
        "reading_place": breakable(facts.reading_place),
        "digits": "" if draft or not facts.digits else digits_words(facts.digits),
        "fingerprint": fingerprint_words(facts.fingerprint) if facts.fingerprint else "",
        "checkpoint": [] if facts.checkpoint is None else _checkpoint(facts.checkpoint),
        "blocks": blocks,
    }


def fit_data(facts: SheetFacts, fit: Fit, paper: Paper = "a4") -> dict[str, Any]:
    """How large the sheet is set, and the lines of its title at that size."""
    title = facts.title or UNTITLED
    lines = title_lines(title, facts.township, facts.village, line_ems=title_ems(fit, paper))
    return {"fit": fit, "title_lines": [breakable(line) for line in lines]}


def page_data(paper: Medium, fonts: FontChoice, mark: Watermark) -> dict[str, Any]:
    """What `parts/style.typ` and the watermark of every form read."""
    return {
        "paper": paper,
        "fonts": {
            "body": families_behind(fonts.body, fonts.others),
            "title": families_behind(fonts.title, fonts.others),
        },
        "mark": mark,
        "text_widths": TEXT_WIDTHS[paper],
        "code_side_mm": CODE_SIDE_MM,
        "small_code_side_mm": SMALL_CODE_SIDE_MM,
    }


def families_behind(family: str, others: Sequence[str]) -> list[str]:
    """A family, and those that fill in what it lacks."""
    return list(dict.fromkeys((family, PACKAGED_FONT, *others)))


def _dated(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _period(facts: SheetFacts) -> str:
    if facts.opens_on is None or facts.closes_on is None:
        return facts.period_words
    days = f"{day_words(facts.opens_on)}—{day_words(facts.closes_on, since=facts.opens_on)}"
    return f"{days}（{facts.period_words}）" if facts.period_words else days


def _until(facts: SheetFacts) -> str:
    """12月7日, with the year where it is not that of the opening."""
    if facts.closes_on is None:
        return ""
    return day_words(facts.closes_on, since=facts.opens_on)


def _checkpoint(point: Checkpoint) -> list[str]:
    """Number and moment, and the head of the history, whole: paper proves it later, and 130 bits can't be matched."""
    at = village_time(point.at)
    return [f"No.{point.number} {at:%Y-%m-%d %H:%M}", fingerprint_words(point.hash)]


def _blocks(
    document: Document, pictures: Mapping[str, PlacedPicture]
) -> Sequence[Mapping[str, Any]]:
    blocks: list[Mapping[str, Any]] = []
    attachments = [block for block in document.blocks if isinstance(block, Attachment)]
    outline = 2  # under the title, which is the heading of level one
    boxed = sum(isinstance(block, Summary) for block in document.blocks[:1])  # before the letter
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            outline = min(block.level + 1, outline)
        if isinstance(block, Translation):
            blocks += _translation(block)
            outline = 3  # its title is a heading of level two
            continue
        data = _block(block, outline, place - boxed, attachments, pictures)
        if isinstance(block, Heading):
            outline += 1
        if data is not None:
            blocks.append(data)
    return blocks


def _translation(block: Translation) -> Iterator[Mapping[str, Any]]:
    """The same in another language: a heading and its paragraphs, each in the direction of its script."""
    if block.title:
        yield {"type": "heading", "level": 1, "outline": 2, "text": breakable(block.title)}
    for text in filter(None, block.paragraphs):
        yield {"type": "paragraph", "text": breakable(text), "salutation": False}


def _block(
    block: Block,
    outline: int,
    place: int,
    attachments: Sequence[Attachment],
    pictures: Mapping[str, PlacedPicture],
) -> Mapping[str, Any] | None:
    match block:
        case Heading(level=level, text=text) if text:
            return {"type": "heading", "level": level, "outline": outline, "text": breakable(text)}
        case Paragraph(text=text) if text:
            return {
                "type": "paragraph",
                "text": breakable(prose_words(text)),
                "salutation": _greets(text, place),
            }
        case ListBlock(items=items, ordered=ordered) if items:
            labels = [f"{n}." if ordered else "•" for n in range(1, len(items) + 1)]
            return {
                "type": "list",
                "items": [breakable(prose_words(item)) for item in items],
                "labels": labels,
            }
        case Table():
            return table_data(block)
        case Summary(lines=lines):
            return {
                "type": "summary",
                "text": SUMMARY_TITLE,
                "lines": [[breakable(li.label), breakable(prose_words(li.words))] for li in lines],
            }
        case Image():
            return _image(block, pictures[block.file])
        case Attachment(name=name):
            several = len(attachments) > 1
            label = f"附件{attachments.index(block) + 1}：" if several else "附件："
            return {"type": "list", "items": [breakable(name)], "labels": [label]}
        case _:
            return None


def _image(image: Image, placed: PlacedPicture) -> Mapping[str, Any]:
    return {
        "type": "image",
        "file": placed.file,
        "width": placed.width,
        "alt": image.alt or image.caption or "图片",
        "caption": breakable(image.caption),
    }


def _greets(text: str, place: int) -> bool:
    """Whom a letter addresses is set flush left, as GB/T 9704 has it for 主送机关."""
    return place == 0 and len(text) <= SALUTATION and text.endswith(("：", ":"))
