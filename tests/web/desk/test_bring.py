"""把文件带进来, without a script step by step, and for the editor as JSON."""

import io
import re

import pytest
from support.brought import LEDGER, a_document, a_workbook, saved, shape
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document

OUTLINE = {"blocks": [{"type": "heading", "text": "收入"}, {"type": "paragraph", "text": ""}]}
SCRIPT = {"X-CSRFToken": "x"}


@pytest.fixture
def notice(zhangjia):
    return a_notice(zhangjia, NOON, document=OUTLINE)


@pytest.fixture
def client(signed_in):
    return signed_in("li")


def send(client, notice, data, name, *, headers=None, **fields):
    return client.post(
        f"/desk/notices/{notice.code}/bring",
        data={"file": (io.BytesIO(data), name), **fields},
        headers=headers,
        follow_redirects=True,
    )


def fields_of(page, action):
    """What a form of the page would send as it stands."""
    form = re.search(rf'<form[^>]*action="[^"]*{action}".*?</form>', page.text, re.DOTALL)[0]
    said = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and (("checkbox" not in tag and "radio" not in tag) or " checked" in tag):
            said[name[1]] = value[1] if value else ""
    return said


def draft_of(zhangjia, notice):
    with zhangjia.site.sessions.reading() as session:
        edition = edition_for(session, zhangjia.li, notice.code)
        return edition.title, shape(edition_document(edition).blocks)


def two_sheets():
    hidden = a_workbook(三季度=LEDGER, 资产=[["资产", "原值"], ["<b>井</b>", 5], ["泵", 6]])
    hidden["资产"].row_dimensions[3].hidden = True
    return saved(hidden)


def test_a_ledger_is_chosen_seen_and_put_into_the_draft(client, zhangjia, notice):
    address = f"/desk/notices/{notice.code}/bring"
    page = send(client, notice, two_sheets(), "账.xlsx")
    assert "请先选一张" in page.text
    assert "放进草稿</button>" not in page.text
    page = client.get(address, query_string={"choice": "资产\r\n", "cells": ""})
    assert "隐藏的（或被筛选掉的）第3行没有带来" in page.text
    assert "&lt;b&gt;井&lt;/b&gt;" in page.text
    page = client.get(address, query_string={"choice": "三季度\n", "cells": "A3:D7"})
    assert "上级拨款" in page.text
    sent = fields_of(page, "/put")
    assert (sent["sheet"], sent["cells"], sent["place"]) == ("三季度", "A3:D7", "instead")
    page = client.post(f"{address}/put", data=sent, follow_redirects=True)
    assert "已经放进草稿" in page.text
    assert draft_of(zhangjia, notice) == (
        "2026年第三季度村级财务收支情况",
        ["序号 摘要 收入 支出\n1 上级拨款 24000 _\n2 路灯电费 _ 1280.25\n合计 _ 24000 1280.25"],
    )
    page = client.get(address, query_string={"choice": "资产\n", "cells": ""})  # once more
    sent = fields_of(page, "/put")
    assert (sent["sheet"], sent["place"], "title" in sent) == ("资产", "exchange", False)
    client.post(f"{address}/put", data=sent, follow_redirects=True)
    assert draft_of(zhangjia, notice)[1] == ["资产 原值\n<b>井</b> 5"]
    assert 'id="file"' in client.get(address, query_string={"other": "1"}).text


def test_a_document_brings_its_title_and_a_wrong_range_is_said_beside_the_file(
    client, zhangjia, notice
):
    document = saved(a_document("财务公示", "各位村民："))
    page = send(client, notice, document, "公示.docx")
    assert "文件里的内容都带来了" in page.text
    client.post(f"/desk/notices/{notice.code}/bring/put", data=fields_of(page, "/put"))
    assert draft_of(zhangjia, notice) == ("财务公示", ["各位村民："])
    send(client, notice, two_sheets(), "账.xlsx")
    page = client.get(
        f"/desk/notices/{notice.code}/bring", query_string={"sheet": "资产", "cells": "第三行"}
    )
    assert page.status_code == 422
    assert "范围要写成 A3:F30 这样" in page.text


def test_what_is_not_wanted_leaves_the_draft_as_it_was(client, zhangjia, notice):
    before = draft_of(zhangjia, notice)
    send(client, notice, saved(a_document("财务公示", "文")), "公示.docx")
    page = client.post(f"/desk/notices/{notice.code}/bring/cancel", follow_redirects=True)
    assert "草稿没有变" in page.text
    assert draft_of(zhangjia, notice) == before
    assert "写好的文件" in client.get(f"/desk/notices/{notice.code}/bring").text


def test_a_refused_file_says_what_to_do_on_the_page_and_to_the_script(client, notice):
    page = send(client, notice, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧.doc")
    assert page.status_code == 422
    assert "另存为 .docx" in page.text
    answer = send(client, notice, b"MZ\0", "a.exe", headers=SCRIPT)
    assert answer.status_code == 422
    assert "带不进来" in answer.json["sentences"][0]
    page = client.post(f"/desk/notices/{notice.code}/bring", data={})
    assert "请先选一个文件" in page.text


def test_the_editor_gets_blocks_and_what_to_choose(client, zhangjia, notice):
    answer = send(client, notice, two_sheets(), "账.xlsx", headers=SCRIPT).json
    assert (answer["blocks"], answer["chosen"]) == ([], None)
    assert answer["omitted"] == ["文件里有几张工作表：“三季度”、“资产”。请先选带哪一张。"]
    assert "请先选一张" in client.get(answer["page"]).text
    assert [
        (each["sheet"], each["cells"], each["rows"], each["columns"]) for each in answer["choose"]
    ] == [
        ("三季度", "", 7, 4),
        ("资产", "", 2, 2),
    ]
    answer = send(client, notice, two_sheets(), "账.xlsx", headers=SCRIPT, sheet="三季度").json
    assert answer["title"] == "张家村2026年第三季度财务收支明细表"
    assert [block["type"] for block in answer["blocks"]] == ["table"]
    assert answer["blocks"][0]["caption"] == "编制单位：张家村村民委员会　单位：元"
    assert answer["chosen"]["sheet"] == "三季度"
    assert any("落款" in sentence for sentence in answer["omitted"])
    assert draft_of(zhangjia, notice)[1] == ["# 收入", ""]
    again = send(client, notice, two_sheets(), "账.xlsx", headers=SCRIPT).json
    assert (again["chosen"]["sheet"], again["chosen"]["remembered"]) == ("三季度", True)


def test_what_is_no_draft_takes_no_file(approved, signed_in):
    client = signed_in("li")
    page = client.get(f"/desk/notices/{approved.code}/bring", follow_redirects=True)
    assert "现在不能修改" in page.text


def test_pasted_text_is_told_apart_and_nothing_is_saved(client, zhangjia, notice):
    def pasted(*lines, first=0, count=9, untitled=True):
        blocks = [{"type": "paragraph", "text": line} for line in lines]
        said = {"blocks": blocks, "first": first, "count": count, "untitled": untitled}
        return client.post(f"/desk/notices/{notice.code}/pasted", json=said)

    before = draft_of(zhangjia, notice)
    text = ("村道路灯安装情况公示", "各位村民：", "一、数量", "共36盏。", "2026年12月1日")
    made = pasted(*text).get_json()
    assert made["title"] == "村道路灯安装情况公示"
    assert [block["type"] for block in made["blocks"]] == ["paragraph", "heading", "paragraph"]
    assert len(made["omitted"]) == 1
    kept = pasted("写过的话", *text, first=1).get_json()
    assert "title" not in kept
    assert len(kept["blocks"]) == 6
    assert "title" not in pasted(*text, untitled=False).get_json()
    assert draft_of(zhangjia, notice) == before
    for broken in ({}, [], {"blocks": 7}, {"blocks": [], "first": "x"}):
        answer = client.post(f"/desk/notices/{notice.code}/pasted", json=broken)
        assert answer.status_code in (200, 400, 422)
