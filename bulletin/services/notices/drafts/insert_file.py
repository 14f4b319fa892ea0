"""Bring a Word, Excel, PDF or text file into a draft: its words as blocks, its pictures as the draft's own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.notices.brought.exchange import exchanged
from bulletin.domain.notices.brought.outline import Outline
from bulletin.domain.notices.brought.parts import BroughtPicture
from bulletin.domain.notices.brought.sheets import read_range
from bulletin.domain.notices.content import Attachment, Block, Document, Image
from bulletin.domain.notices.content_serialization import document_json, read_document
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.notices.drafts.brought_file import (
    BroughtFile,
    CellsAsked,
    brought_file,
    first_item,
    is_bare_outline,
    waiting_file,
)
from bulletin.services.notices.drafts.draft import Saved, Upload, attach, save
from bulletin.services.notices.drafts.keep_file import forget, keep
from bulletin.services.notices.drafts.saved_draft import DraftText, last_saved
from bulletin.services.site import Site
from bulletin.store.brought import ChosenCells, chosen_for


class TextPlace(StrEnum):
    """Where in a draft the blocks of a file go."""

    INSTEAD = "instead"  # of the outline, in which nothing was written
    AFTER = "after"  # what is written
    EXCHANGE = "exchange"  # for what the file gave before


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of a file: `document` is empty while a sheet is to be chosen."""

    file: BroughtFile
    title: str
    document: Document
    omitted: tuple[str, ...]
    uploads: tuple[Upload, ...]  # its pictures, which are the draft's files now


def bring(
    site: Site,
    actor: Actor,
    code: str,
    name: str,
    data: bytes,
    now: datetime,
    *,
    asked: CellsAsked | None = None,
) -> Brought:
    """Read a file into blocks; its pictures are kept with the draft, the file itself is not.

    What was chosen of a workbook is remembered for the village and the item.

    Raises:
        Refused: as `brought_file`.
    """
    read = brought_file(site, actor, code, name, data, now, asked)
    if read.outline is None:
        return Brought(file=read, title="", document=Document(), omitted=(), uploads=())
    kept = _KeptPictures(site, actor, code, now)
    blocks = tuple(kept.blocks(read.outline))
    if asked is not None:
        with site.sessions.writing() as session:
            _remember(session, actor, code, asked, now)
    return Brought(
        file=read,
        title=read.outline.title,
        document=Document(blocks),
        omitted=(*read.outline.omitted, *kept.omitted),
        uploads=tuple(kept.uploads),
    )


class _KeptPictures:
    """Takes the pictures of a file into the draft; what is no picture that a page can show is named."""

    def __init__(self, site: Site, actor: Actor, code: str, now: datetime) -> None:
        self._site, self._actor, self._code, self._now = site, actor, code, now
        self.uploads: list[Upload] = []
        self.omitted: list[str] = []

    def blocks(self, outline: Outline) -> Iterator[Block]:
        number = 0
        for block in outline.blocks:
            if not isinstance(block, BroughtPicture):
                yield block
                continue
            number += 1
            try:
                upload = attach(
                    self._site, self._actor, self._code, block.name, block.data, self._now
                )
            except Refused as refused:
                if len(outline.blocks) == 1:
                    raise
                self.omitted.append(f"第{number}张图片没有带来：{refused}")
                continue
            self.uploads.append(upload)
            yield Image(upload.file, "")


def _remember(session: Session, actor: Actor, code: str, asked: CellsAsked, now: datetime) -> None:
    notice = edition_for(session, actor, code).notice
    item = first_item(notice)
    if not item:
        return
    cells = read_range(asked.cells)
    known = session.scalar(chosen_for(notice.township_id, notice.village_id, item))
    if known is None:
        known = ChosenCells(
            township_id=notice.township_id, village_id=notice.village_id, item_code=item
        )
        session.add(known)
    known.sheet, known.chosen_at = asked.sheet, now
    known.first_row = cells.first_row if cells else None
    known.first_column = cells.first_column if cells else None
    known.last_column = cells.last_column if cells else None


def put(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    version: int,
    place: TextPlace,
    take_title: bool,
    keep_file: bool = False,
    asked: CellsAsked | None = None,
) -> Saved:
    """Put the file that waits into the draft, by the same save as everything that is typed.

    Args:
        version: the one from which the person looked at it.
        take_title: the file's title becomes the draft's.
        keep_file: residents get the file itself, too.

    Raises:
        SavedMeanwhile: someone else saved; the file goes on waiting.
        Refused: no file waits, it cannot be read, or the draft has a text that would be lost.
    """
    name, data, placed = _ensure_waits(site, actor, code)
    brought = bring(site, actor, code, name, data, now, asked=asked)
    if brought.file.outline is None:
        raise refuse("sheet_not_chosen", "请先选一张工作表。")
    blocks = brought.document.blocks
    if keep_file:
        upload = attach(site, actor, code, name, data, now)
        blocks = (*blocks, Attachment(upload.file, upload.name))
    text = _with_blocks(last_saved(site, actor, code).text, blocks, place, placed)
    text = replace(text, title=brought.title) if take_title and brought.title else text
    done = save(site, actor, code, now, version=version, **vars(text))
    if brought.file.choices:
        keep(site, actor, code, name, data, now, placed=brought.document)
    else:
        forget(site, actor, code)
    return done


def _ensure_waits(site: Site, actor: Actor, code: str) -> tuple[str, bytes, tuple[Block, ...]]:
    waiting = waiting_file(site, actor, code)
    if waiting is None:
        raise refuse("no_waiting_file", "没有等着放进来的文件，请重新选择。")
    return waiting


def _with_blocks(
    text: DraftText, blocks: tuple[Block, ...], place: TextPlace, placed: tuple[Block, ...]
) -> DraftText:
    own = read_document(text.document).blocks
    match place:
        case TextPlace.EXCHANGE:
            whole = exchanged(own, placed, blocks)
        case TextPlace.INSTEAD if is_bare_outline(own):
            whole = blocks
        case TextPlace.INSTEAD:
            raise refuse("draft_not_empty", "草稿里已经写了内容，请选“放在已有的文字后面”。")
        case TextPlace.AFTER:
            whole = (*own, *blocks)
    return replace(text, document=document_json(Document(whole)))
