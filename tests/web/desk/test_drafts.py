"""起草: autosave, two people at one draft, and handing in without losing a word."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pytest
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.notices.workflow import State
from bulletin.services.notices.detail import notice_detail
from bulletin.services.places import change_village

TEXT = {"blocks": [{"type": "paragraph", "text": "路灯修好了。"}]}


def _draft(village, notice):
    return notice_detail(village.site, village.li, notice.code, NOON)


def _url(notice, what):
    return f"/desk/notices/{notice.code}/{what}"


def test_the_editor_opens_with_what_was_saved(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    page = signed_in("li").get(_url(notice, "edit")).text
    assert 'name="version" value="2"' in page
    assert "村道路灯维修材料费" in page
    assert "提交村务监督委员会审查" in page


def test_what_is_in_review_is_not_edited(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    assert signed_in("li").get(_url(notice, "edit")).location == f"/desk/notices/{notice.code}"


def test_autosave_answers_with_the_next_version_and_what_the_check_found(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    document = {"blocks": [{"type": "paragraph", "text": "请打13800138000"}]}
    said = {
        "version": 2,
        "title": "路灯",
        "document": document,
        "publish_at": "2026-10-12T09:00",
        "posting_days": "20",
    }
    saved = signed_in("li").post(_url(notice, "save"), json=said).get_json()
    assert (saved["version"], saved["saved_at_words"]) == (3, "12:00")
    found = [check for check in saved["checks"] if check["code"] == "personal_data"]
    assert [(check["block"], check["weight"]) for check in found] == [(0, "stop")]
    assert "13800138000" not in json.dumps(saved)
    draft = _draft(zhangjia, notice)
    assert draft.row.publish_at == datetime(2026, 10, 12, 1, tzinfo=UTC)
    assert draft.posting.days == 20
    assert signed_in("li").get(_url(notice, "check")).get_json()["checks"] == saved["checks"]


def test_the_later_of_two_saves_is_told_and_loses_nothing(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    browser = signed_in("li")
    first = {"version": 2, "title": "先存的", "document": TEXT}
    later = {"version": 2, "title": "后存的", "document": TEXT}
    assert browser.post(_url(notice, "save"), json=first).status_code == 200
    told = browser.post(_url(notice, "save"), json=later)
    assert told.status_code == 409
    answer = told.get_json()
    assert (answer["by"], answer["theirs"]["title"]) == ("李示例", "先存的")
    assert answer["theirs"]["version"] == 3
    form = {"version": "2", "title": "后存的", "document": json.dumps(TEXT)}
    page = browser.post(_url(notice, "save"), data=form)
    assert page.status_code == 409
    assert ">后存的</textarea>" in page.text
    assert _draft(zhangjia, notice).row.title == "先存的"


def test_a_kept_text_is_compared_by_content_and_not_by_spelling(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    browser = signed_in("li")
    table = {
        "type": "table",
        "columns": [{"title": "金额", "kind": "money"}],
        "rows": [["1,200.00"]],
    }
    text = {"title": " 路灯 ", "document": {"blocks": [table]}, "posting_days": "15"}
    browser.post(_url(notice, "save"), json={"version": 2, **text})
    reply = browser.post(_url(notice, "compare"), json=text).get_json()
    assert reply["same"]
    assert (reply["by"], reply["at_words"], reply["version"]) == ("李示例", "12:00", 3)
    for other in (
        {"title": "路"},
        {"posting_days": "20"},
        {"publish_at": "2026-10-12T09:00"},
        {"publish_at": "明天"},
        {"document": {"blocks": []}},
        {"document": "不是正文"},
    ):
        answer = browser.post(_url(notice, "compare"), json={**text, **other}).get_json()
        assert not answer["same"], other
        assert answer["document"]["blocks"][0]["rows"] == [["1200.00"]]


def test_what_another_person_set_beside_the_text_is_shown_before_it_is_overwritten(
    signed_in, zhangjia
):
    notice = a_notice(zhangjia, NOON)
    browser = signed_in("li")
    first = {"version": 2, "title": "路灯", "document": TEXT, "publish_at": "2026-10-12T09:00"}
    browser.post(_url(notice, "save"), json={**first, "posting_days": "20"})
    later = browser.post(
        _url(notice, "save"), json={"version": 2, "title": "路灯", "document": TEXT}
    )
    theirs = later.get_json()["theirs"]
    assert (theirs["publish_at"], theirs["posting_days"]) == ("2026-10-12T09:00", "20")


def test_the_same_text_sent_again_after_a_lost_answer_is_no_conflict(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    browser = signed_in("li")
    said = {"version": 2, "title": "路灯", "document": TEXT}
    versions = [
        browser.post(_url(notice, "save"), json=said).get_json()["version"] for _ in range(2)
    ]
    assert versions == [3, 4]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": "二"}, "没有认出这份草稿"),
        ({"document": {"blocks": [{"type": "poem"}]}}, "不认识的段落类型"),
        ({"publish_at": "明天早上"}, "发布时间要写成"),
        ({"posting_days": "七天"}, "公示天数要写一个整数"),
        ({"posting_days": "3"}, "公示期不能少于15天"),
    ],
)
def test_a_fault_is_said_in_words_and_changes_nothing(signed_in, zhangjia, change, sentence):
    notice = a_notice(zhangjia, NOON)
    said = {"version": 2, "title": "改坏的", "document": TEXT, **change}
    answer = signed_in("li").post(_url(notice, "save"), json=said)
    assert answer.status_code == 422
    assert sentence in "".join(answer.get_json()["sentences"])
    assert _draft(zhangjia, notice).row.title != "改坏的"


def test_what_is_refused_is_said_beside_its_field(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    browser = signed_in("li")
    said = {"version": 2, "title": "改坏的", "document": TEXT, "posting_days": "3"}
    answer = browser.post(_url(notice, "save"), json=said)
    assert answer.get_json()["faults"] == {"posting_days": ["公示期不能少于15天。"]}
    form = {"version": "2", "title": "", "document": '{"blocks": []}', "posting_days": ""}
    page = browser.post(_url(notice, "submit"), data=form).text
    title = page.partition('data-fault="title"')[2].partition("</p>")[0]
    assert title == ">请写标题。"
    assert "正文还是空的" in page.partition("data-faults")[2].partition("</ul>")[0]
    assert 'data-fault="publish_at" hidden' in page


def test_a_session_that_ended_is_told_to_the_script(resident, zhangjia):
    notice = a_notice(zhangjia, NOON)
    assert resident.post(_url(notice, "save"), json={}).status_code == 401
    upload = resident.post(_url(notice, "upload"), headers={"X-CSRFToken": "x"})
    assert upload.status_code == 401


def test_only_the_village_liaison_writes(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    said = {"version": 2, "title": "别人写的", "document": TEXT}
    assert signed_in("sun").post(_url(notice, "save"), json=said).status_code == 403
    assert signed_in("zhou").post(_url(notice, "save"), json=said).status_code == 404
    assert signed_in("tian").post(_url(notice, "save"), json=said).status_code == 403


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({}, "请先选一个文件"), ({"file": (b"MZ\x90\x00", "病毒.exe")}, "")],
)
def test_a_refused_upload_says_why(signed_in, zhangjia, data, sentence):
    notice = a_notice(zhangjia, NOON)
    form = {name: (BytesIO(value[0]), value[1]) for name, value in data.items()}
    answer = signed_in("li").post(
        _url(notice, "upload"), data=form, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert sentence in answer.get_json()["sentences"][0]


def test_handing_in_saves_what_stands_on_the_screen_first(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    form = {"version": "2", "title": "路灯维修", "document": json.dumps(LEDGER), "posting_days": ""}
    form["confirmed"] = "yes"
    assert signed_in("li").post(_url(notice, "submit"), data=form).status_code == 302
    draft = _draft(zhangjia, notice)
    assert (draft.row.state, draft.row.title) == (State.EXAMINING, "路灯维修")


def test_a_draft_refused_at_handing_in_stays_on_the_screen(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    document = {"blocks": [{"type": "paragraph", "text": "身份证11010519491231002X"}]}
    form = {"version": "2", "title": "", "document": json.dumps(document)}
    answer = signed_in("li").post(_url(notice, "submit"), data=form)
    assert answer.status_code == 422
    assert "请写标题" in answer.text
    assert "身份证11010519491231002X" in answer.text, "what was typed is still there"
    assert 'name="version" value="3"' in answer.text
    assert _draft(zhangjia, notice).row.state is State.DRAFT


def test_a_broken_form_keeps_the_title(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    form = {"version": "2", "title": "写了一半", "document": "{不是"}
    answer = signed_in("li").post(_url(notice, "save"), data=form)
    assert answer.status_code == 422
    assert ">写了一半</textarea>" in answer.text


def test_accounts_without_figures_come_back_with_a_box_to_confirm(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    browser = signed_in("li")
    form = {
        "version": "2",
        "title": "收支情况",
        "document": json.dumps({"blocks": [{"type": "paragraph", "text": "见附表。"}]}),
        "posting_days": "15",
    }
    asked = browser.post(_url(notice, "submit"), data=form)
    assert (asked.status_code, 'name="confirmed"' in asked.text) == (422, True)
    again = browser.post(_url(notice, "submit"))  # from the notice's page, the editor opens
    assert (again.status_code, 'name="confirmed"' in again.text) == (422, True)
    version = _draft(zhangjia, notice).version
    done = browser.post(
        _url(notice, "submit"), data=form | {"version": str(version), "confirmed": "yes"}
    )
    assert done.location == f"/desk/notices/{notice.code}"


def test_the_editor_says_how_much_too_late_the_chosen_moment_is(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    li = signed_in("li")
    words = "定在11月25日公开，比应公开的10月15日晚41天"
    said = {"version": 2, "title": "收支", "document": LEDGER, "publish_at": "2026-11-25T09:00"}
    assert li.post(_url(notice, "save"), json=said).get_json()["late_words"] == words
    assert words in li.get(_url(notice, "edit")).text
    said |= {"version": 3, "publish_at": "2026-10-15T09:00"}
    assert li.post(_url(notice, "save"), json=said).get_json()["late_words"] == ""
    assert "晚41天" not in li.get(_url(notice, "edit")).text


def test_a_disclosure_day_after_the_due_day_is_no_day_to_wait_for(signed_in, zhangjia):
    change_village.change_disclosure_day(
        zhangjia.site, zhangjia.zheng, zhangjia.id, "每季度第一个月20日", NOON
    )
    notice = a_notice(zhangjia, NOON)
    page = signed_in("li").get(_url(notice, "edit")).text
    assert "等到那天，比应公开的10月15日晚5天" in page
    assert _draft(zhangjia, notice).row.publish_at is None, "and it was not offered"


def test_a_text_that_contradicts_its_foot_comes_back_beside_the_text(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    document = {
        "blocks": [*LEDGER["blocks"], {"type": "paragraph", "text": "有异议的，向村委会提出。"}]
    }
    form = {"version": "2", "title": "收支", "document": json.dumps(document)}
    page = signed_in("li").post(_url(notice, "submit"), data=form)
    assert page.status_code == 422
    assert "正文写“有异议的，向村委会提出”" in page.text
    assert "10月26日前向村务监督委员会提出，10日内答复" in page.text
