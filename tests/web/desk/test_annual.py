"""The annual report at the desk: read, written, explained, issued and taken away."""

import io
import re

import pytest
from support.annual_reports import as_page, filled, layouts
from support.clock import NOON
from support.own_report import JANUARY, YEAR, finish, issued

from bulletin.domain.formats import MEDIA_TYPES
from bulletin.services.oversight.annual_report.write_file import FORMS

FEBRUARY = JANUARY.replace(month=2)
PAGE = f"/desk/annual/{YEAR}"
IN_FORCE = layouts()["2021"]


@pytest.fixture
def wang(app, signed_in):
    app.extensions["clock"] = lambda: JANUARY
    return signed_in("wang")


def words(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page.text).split())


def test_figures_of_the_words_lead_to_what_they_count(wang):
    page = wang.get(PAGE)
    assert re.search(
        r'<a class="bound" href="/desk/annual/2026\?table=requests&amp;row=received&amp;column=total#cell"',
        page.text,
    )
    assert 'title="应公开">' in page.text
    assert "还剩19天" in page.text
    assert "应于1月31日发布" in words(page)


def test_words_are_saved_and_come_back_when_they_are_refused(wang):
    sent = {"version": "0", "general": "甲【没有】", "problems": "乙", "others": "无"}
    assert wang.post(f"{PAGE}/text", data=sent).status_code == 302
    page = wang.get(PAGE)
    assert "<mark>【没有】</mark>" in page.text
    assert "没有叫这个名字的数字" in page.text
    answer = wang.post(f"{PAGE}/text", data=sent | {"general": "另一个人写的"})
    assert answer.status_code == 422
    assert "刚刚改过这份报告" in answer.text
    assert ">另一个人写的</textarea>" in answer.text
    assert 'name="version" value="0"' in answer.text


def test_what_does_not_add_up_is_red_with_both_numbers_and_wants_a_reason(wang, zhangjia):
    finish(zhangjia, general="本年新收政府信息公开申请7件。")
    page = wang.get(PAGE)
    assert "有1处不符，改好或者写明原因才能发布" in page.text
    assert "应为：0 · 报告里：7" in words(page)
    answer = wang.post(f"{PAGE}/issue", data={"signed_by": "陈示例"})
    assert answer.status_code == 422
    assert "还有1处不符" in answer.text
    (key, *_) = re.findall(r'name="finding" value="([0-9a-f]{16})"', page.text)
    assert wang.post(f"{PAGE}/remark", data={"finding": key, "reason": ""}).status_code == 422
    said = wang.post(
        f"{PAGE}/remark", data={"finding": key, "reason": "含口头的"}, follow_redirects=True
    )
    assert "已经写明原因的1处" in said.text
    assert "王示例：含口头的" in said.text
    done = wang.post(f"{PAGE}/issue", data={"signed_by": "陈示例"}, follow_redirects=True)
    assert "第1版" in done.text
    assert "陈示例审签" in words(done)
    assert "不用再发布" in wang.post(f"{PAGE}/issue", data={"signed_by": "陈示例"}).text


@pytest.mark.parametrize("ending", FORMS)
def test_the_report_is_taken_away_as_it_stands_and_as_it_was_issued(wang, zhangjia, ending):
    finish(zhangjia)
    issued(zhangjia)
    draft = wang.get(f"{PAGE}/file{ending}")
    sealed = wang.get(f"{PAGE}/file{ending}?edition=1")
    assert sealed.mimetype == MEDIA_TYPES[ending]
    assert "%E7%AC%AC1%E7%89%88" in sealed.headers["Content-Disposition"]
    if ending == ".html":
        assert "草稿，还没有发布" in draft.text
        assert "草稿" not in sealed.text
    assert wang.get(f"{PAGE}/file{ending}?edition=2").status_code == 404
    assert wang.get(f"{PAGE}/file.exe").status_code == 404


@pytest.mark.parametrize("year", ["0", "1999", "2031", "99999999"])
def test_a_year_that_nobody_reports_on_has_no_report(wang, year):
    assert wang.get(f"/desk/annual/{year}").status_code == 404
    assert wang.get(f"/desk/annual/{year}/file.pdf").status_code == 404
    assert wang.post(f"/desk/annual/{year}/issue", data={"signed_by": "甲"}).status_code == 404


def test_last_year_s_report_is_brought_or_refused_cell_by_cell(wang):
    def bring(data, name="报告.html"):
        return wang.post(f"{PAGE}/earlier", data={"file": (io.BytesIO(data), name)})

    wrong = filled(IN_FORCE) | {next(iter(IN_FORCE.cells())): "很多"}
    answer = bring(as_page(IN_FORCE, wrong))
    assert answer.status_code == 422
    assert "表二 · 规章：“很多”，读不出数字。" in answer.text
    assert bring(as_page(IN_FORCE, filled(IN_FORCE))).status_code == 302
    page = wang.get(PAGE)
    assert "数字来自带来的文件：报告.html。" in page.text
    assert "本年的二＝上年的四" in page.text
    assert wang.post(f"{PAGE}/earlier", data={}).status_code == 422


def test_who_only_reads_can_change_nothing_and_villages_have_none(app, signed_in, zhangjia):
    app.extensions["clock"] = lambda: JANUARY
    wu = signed_in("wu")
    page = wu.get(PAGE)
    assert "<textarea" not in page.text
    assert "signed_by" not in page.text
    for path in ("text", "remark", "issue", "earlier"):
        assert wu.post(f"{PAGE}/{path}", data={"signed_by": "甲"}).status_code in {403, 404}
    li = signed_in("li")
    assert li.get(PAGE).status_code == 404
    assert li.get(f"{PAGE}/file.pdf").status_code == 404
    assert wu.get("/desk/annual/1999").status_code == 404


def test_the_report_is_a_task_of_january_and_late_in_february(app, signed_in, zhangjia):
    def today_on(now):
        app.extensions["clock"] = lambda: now
        return words(signed_in("wang").get("/desk"))

    report = "2026年政府信息公开工作年度报告"
    assert report not in today_on(NOON)
    assert report in today_on(JANUARY)
    assert "迟12天" in today_on(FEBRUARY)
    finish(zhangjia, FEBRUARY)
    issued(zhangjia, FEBRUARY)
    assert report not in today_on(FEBRUARY)
