"""A file is brought into a draft: its pictures are the draft's, what was chosen is remembered, nothing is lost."""

import io
import zipfile
from datetime import timedelta

import pytest
from docx.shared import Cm
from sqlalchemy import select
from support.brought import LEDGER, a_document, a_workbook, png, saved, shape
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.drafts import draft, insert_file, keep_file
from bulletin.services.notices.drafts.brought_file import CellsAsked, brought_file, waiting_file
from bulletin.services.notices.drafts.draft import SavedMeanwhile
from bulletin.services.notices.drafts.insert_file import TextPlace
from bulletin.store.brought import ChosenCells, WaitingFile

OUTLINE = {"blocks": [{"type": "heading", "text": "收入"}, {"type": "paragraph", "text": ""}]}
WRITTEN = {"blocks": [{"type": "paragraph", "text": "已经写的话"}]}
TWO = {"三季度": LEDGER, "资产": [["资产", "原值"], ["井", 5]]}


@pytest.fixture
def notice(zhangjia):
    return a_notice(zhangjia, NOON, document=OUTLINE, title="按目录起的标题")


def with_picture():
    document = a_document("财务公示", "看图：")
    document.add_paragraph().add_run().add_picture(io.BytesIO(png()), Cm(2))
    return saved(document)


def with_part(name, replaced):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_picture())) as given, zipfile.ZipFile(buffer, "w") as made:
        for each in given.namelist():
            made.writestr(each, replaced if each == name else given.read(each))
    return buffer.getvalue()


def text_of(zhangjia, notice):
    with zhangjia.site.sessions.reading() as session:
        edition = edition_for(session, zhangjia.li, notice.code)
        blocks = edition_document(edition).blocks
        return (
            edition.title,
            shape(blocks),
            edition.version,
            {file.digest for file in edition.files},
        )


def put(zhangjia, notice, *, place=TextPlace.INSTEAD, take_title=True, **more):
    version = text_of(zhangjia, notice)[2]
    more.setdefault("version", version)
    return insert_file.put(
        zhangjia.site, zhangjia.li, notice.code, NOON, place=place, take_title=take_title, **more
    )


def wait(zhangjia, notice, data, name="公示.docx"):
    return keep_file.await_choice(zhangjia.site, zhangjia.li, notice.code, name, data, NOON)


def test_pictures_become_files_of_the_draft_and_the_file_itself_does_not(zhangjia, notice):
    brought = insert_file.bring(
        zhangjia.site, zhangjia.li, notice.code, "公示.docx", with_picture(), NOON
    )
    assert (brought.title, shape(brought.document.blocks)) == ("财务公示", ["看图：", "picture"])
    title, blocks, _, files = text_of(zhangjia, notice)
    assert files == set(brought.document.files)
    assert (title, blocks) == ("按目录起的标题", ["# 收入", ""])  # nothing is saved yet


def test_a_picture_that_nothing_shows_is_named_and_the_rest_comes(zhangjia, notice):
    data = with_part("word/media/image1.png", b"\xd7\xcd\xc6\x9a" + png()[4:])  # of Windows alone
    brought = insert_file.bring(zhangjia.site, zhangjia.li, notice.code, "a.docx", data, NOON)
    assert shape(brought.document.blocks) == ["看图："]
    assert brought.omitted[0].startswith("第1张图片没有带来：")


def test_what_was_chosen_of_a_workbook_is_chosen_for_the_next_ledger(zhangjia, notice):
    def read(asked=None, **sheets):
        data = saved(a_workbook(**(sheets or TWO)))
        return insert_file.bring(
            zhangjia.site, zhangjia.li, notice.code, "账.xlsx", data, NOON, asked=asked
        )

    first = read()
    assert (first.file.outline, first.file.chosen) == (None, None)
    assert [choice.sheet for choice in first.file.choices] == ["三季度", "资产"]
    read(CellsAsked(sheet="三季度", cells="A3:D7"))
    longer = [*LEDGER[:5], [3, "保洁费", None, 300], *LEDGER[6:]]
    following = read(四季度=longer, 资产=TWO["资产"])
    assert (following.file.chosen.sheet, following.file.chosen.cells) == ("四季度", "A3:D8")
    assert following.file.chosen.is_remembered
    assert "保洁费" in shape(following.document.blocks)[0]
    assert read(三季度=LEDGER, 四季度=LEDGER).file.outline is None  # which of them, a person says


def test_a_choice_is_remembered_for_its_village_and_item_alone(zhangjia, notice):
    data = saved(a_workbook(**TWO))
    asked = CellsAsked(sheet="资产")
    for _ in range(2):
        insert_file.bring(
            zhangjia.site, zhangjia.li, notice.code, "账.xlsx", data, NOON, asked=asked
        )
    with zhangjia.site.sessions.reading() as session:
        [row] = session.scalars(select(ChosenCells))
        assert (row.village_id, row.sheet, row.first_row) == (zhangjia.id, "资产", None)
    other = a_notice(zhangjia, NOON, item="affairs.public_works", document=OUTLINE)
    read = brought_file(zhangjia.site, zhangjia.li, other.code, "账.xlsx", data, NOON)
    assert read.outline is None


def test_a_file_is_put_in_place_of_the_outline_with_its_title(zhangjia, notice):
    wait(zhangjia, notice, with_picture())
    put(zhangjia, notice)
    title, blocks, _, _ = text_of(zhangjia, notice)
    assert (title, blocks) == ("财务公示", ["看图：", "picture"])
    assert waiting_file(zhangjia.site, zhangjia.li, notice.code) is None


def test_what_is_written_already_stays_in_front(zhangjia, notice):
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=2, title="写好的", document=WRITTEN
    )
    wait(zhangjia, notice, with_picture())
    with pytest.raises(Refused, match="已经写了内容"):
        put(zhangjia, notice, place=TextPlace.INSTEAD)
    put(zhangjia, notice, place=TextPlace.AFTER, take_title=False, keep_file=True)
    title, blocks, _, files = text_of(zhangjia, notice)
    assert (title, blocks[:3], len(blocks)) == ("写好的", ["已经写的话", "看图：", "picture"], 4)
    assert len(files) == 2


def test_another_sheet_takes_the_place_of_the_one_that_was_brought(zhangjia, notice):
    wait(zhangjia, notice, saved(a_workbook(**TWO)), "账.xlsx")
    put(zhangjia, notice, asked=CellsAsked(sheet="三季度", cells="A3:D7"))
    with zhangjia.site.sessions.reading() as session:
        document = edition_for(session, zhangjia.li, notice.code).content.document
    own = [{"type": "paragraph", "text": "写在前面"}, *document["blocks"], *WRITTEN["blocks"]]
    draft.save(zhangjia.site, zhangjia.li, notice.code, NOON, version=3, title="我的", document={"blocks": own})  # fmt: skip
    waiting = waiting_file(zhangjia.site, zhangjia.li, notice.code)
    assert (waiting.name, shape(waiting.placed)) == ("账.xlsx", shape(waiting.placed)[:1])
    put(
        zhangjia, notice, place=TextPlace.EXCHANGE, take_title=False, asked=CellsAsked(sheet="资产")
    )
    title, blocks, _, _ = text_of(zhangjia, notice)
    assert (title, blocks) == ("我的", ["写在前面", "资产 原值\n井 5", "已经写的话"])
    put(
        zhangjia,
        notice,
        place=TextPlace.EXCHANGE,
        take_title=False,
        asked=CellsAsked(sheet="三季度"),
    )
    assert len(text_of(zhangjia, notice)[1]) == 3


def test_a_draft_that_somebody_saved_meanwhile_is_not_written_over(zhangjia, notice):
    wait(zhangjia, notice, with_picture())
    with pytest.raises(SavedMeanwhile):
        put(zhangjia, notice, version=1)
    assert text_of(zhangjia, notice)[1] == ["# 收入", ""]
    assert waiting_file(zhangjia.site, zhangjia.li, notice.code) is not None


def test_a_file_waits_for_its_person_and_its_draft_and_for_a_day(zhangjia, notice):
    wait(zhangjia, notice, with_picture())
    wait(zhangjia, notice, b"\xe5\x85\xac\xe7\xa4\xba\nx", name="C:\\文件\\公示.txt")
    assert waiting_file(zhangjia.site, zhangjia.li, notice.code)[0] == "公示.txt"
    assert waiting_file(zhangjia.site, zhangjia.zhou, notice.code) is None
    assert waiting_file(zhangjia.site, zhangjia.li, "ANOTHER") is None
    keep_file.clear_old(zhangjia.site, NOON + timedelta(hours=23))
    assert waiting_file(zhangjia.site, zhangjia.li, notice.code)
    keep_file.clear_old(zhangjia.site, NOON + timedelta(hours=25))
    with zhangjia.site.sessions.reading() as session:
        assert session.scalars(select(WaitingFile)).all() == []
    with pytest.raises(Refused, match="重新选择"):
        put(zhangjia, notice)


def test_what_was_asked_must_be_in_the_file(zhangjia, notice):
    data = saved(a_workbook(**TWO))

    def refused(**asked):
        with pytest.raises(Refused) as refused:
            brought_file(
                zhangjia.site, zhangjia.li, notice.code, "a.xlsx", data, NOON, CellsAsked(**asked)
            )
        return refused.value.codes

    assert refused(sheet="没有") == ("sheet_missing",)
    assert refused(sheet="资产", cells="第二行") == ("cells_unreadable",)
    assert refused(sheet="资产", cells="K1:L9") == ("cells_empty",)
    wait(zhangjia, notice, data, "a.xlsx")
    with pytest.raises(Refused, match="请先选一张工作表"):
        put(zhangjia, notice)


def test_only_who_writes_the_draft_brings_a_file_and_only_while_it_is_one(zhangjia, notice):
    data = with_picture()
    for person in (zhangjia.zhou, zhangjia.sun):
        with pytest.raises((Refused, NotFoundError)):
            insert_file.bring(zhangjia.site, person, notice.code, "a.docx", data, NOON)
    approved = a_notice(zhangjia, NOON).approved()
    with pytest.raises(Refused):
        insert_file.bring(zhangjia.site, zhangjia.li, approved.code, "a.docx", data, NOON)
    with pytest.raises(Refused, match="20兆"):
        insert_file.bring(
            zhangjia.site, zhangjia.li, notice.code, "a.docx", b"0" * (20 * 1024 * 1024 + 1), NOON
        )
