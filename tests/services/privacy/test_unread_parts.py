"""A part of a file that the check does not read stops every gate, until a person has looked."""

import io
import zipfile

import docx
import pytest
from sqlalchemy import update
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.services.notices.drafts import draft
from bulletin.services.notices.reviews import review
from bulletin.services.privacy import clear
from bulletin.store.edition_parts import EditionFile


def _document(part):
    held = io.BytesIO()
    docx.Document().save(held)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(part, b"\x01")
    return held.getvalue()


def _with_file(village, data):
    notice = a_notice(village, NOON)
    upload = draft.attach(village.site, village.li, notice.code, "名单.docx", data, NOON)
    block = {"type": "attachment", "file": upload.file, "name": "名单"}
    draft.save(
        village.site,
        village.li,
        notice.code,
        NOON,
        version=2,
        title="路灯",
        document={"blocks": [{"type": "paragraph", "text": "见附件。"}, block]},
    )
    return notice, upload.file


def _seen_by_nobody(village):
    with village.site.sessions.writing() as session:
        session.execute(update(EditionFile).values(seen_by=None, seen_at=None))


@pytest.mark.parametrize(
    "part", ["word/unheard-of.bin", "word/media/image1.png", "word/embeddings/list.xlsx"]
)
def test_an_unread_part_stops_the_hand_in_until_a_person_has_looked(zhangjia, part):
    notice, digest = _with_file(zhangjia, _document(part))
    with pytest.raises(Refused, match="要有人看过"):
        notice.submitted()
    clear.confirm_seen(zhangjia.site, zhangjia.li, notice.code, digest, NOON)
    notice.approved()


@pytest.mark.parametrize("gate", ["examined", "confirmed", "printed"])
def test_an_unread_part_stops_each_later_gate_too(zhangjia, gate):
    notice, digest = _with_file(zhangjia, _document("word/unheard-of.bin"))
    clear.confirm_seen(zhangjia.site, zhangjia.li, notice.code, digest, NOON)
    notice.submitted()
    for step in ("examined", "confirmed"):
        if step == gate:
            break
        getattr(notice, step)()
    _seen_by_nobody(zhangjia)
    with pytest.raises(Refused, match="unheard-of"):
        getattr(notice, gate)()


def test_a_file_read_whole_needs_nobody(zhangjia):
    notice, _digest = _with_file(zhangjia, _plain())
    notice.approved()


def test_a_step_in_the_name_of_another_asks_the_same(zhangjia):
    notice, digest = _with_file(zhangjia, _document("word/unheard-of.bin"))
    clear.confirm_seen(zhangjia.site, zhangjia.li, notice.code, digest, NOON)
    notice.submitted()
    _seen_by_nobody(zhangjia)
    with pytest.raises(Refused, match="unheard-of"):
        review.force(zhangjia.site, zhangjia.wang, notice.code, "监委会外出", NOON)


def _plain():
    held = io.BytesIO()
    docx.Document().save(held)
    return held.getvalue()
