"""依申请公开 at the desk: the contact for a look, letters, a correction; closings and emergency sheets."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bulletin.sheets.pdfium import page_count

FORM = {
    "received_by": "hand",
    "arrived_on": "2026-09-14",
    "applicant": "person",
    "applicant_name": "丁示例",
    "identity": "居民身份证 630223196001011234",
    "contact": "西宁市城东区示例路1号",
    "asked_for": "2025年村道硬化工程的招标文件和合同",
}
ANSWER = {"done_on": "2026-10-09", "outcome": "disclosed", "words": "寄出"}
SURE = {"sure": "yes"}


@pytest.fixture
def wang(signed_in):
    return signed_in("wang")


def entered(browser, **change):
    return browser.post("/desk/requests", data=FORM | change).location


def test_a_letter_is_read_over_issued_and_opened_again(wang):
    here = entered(wang)
    page = wang.get(f"{here}/letters/new?kind=acknowledgement").text
    assert "收到申请之日为2026年9月14日" in page
    form = {"kind": "acknowledgement", "to": "丁示例", "text": "还没有写完〔请填〕"}
    refused = wang.post(f"{here}/letters/new", data=form)
    assert refused.status_code == 422
    assert "还没有写完" in refused.text
    done = wang.post(
        f"{here}/letters/new", data=form | {"text": "收到了。"}, follow_redirects=True
    ).text
    assert "收件回执出好了" in done
    letter = wang.get(f"{here}/letters/1.pdf")
    assert page_count(letter.data) == 1
    assert wang.get(f"{here}/letters/new?kind=answer").status_code == 404
    assert wang.get(f"{here}/letters/new?kind=poem").status_code == 404


def test_an_ended_request_is_corrected_and_says_so(wang):
    here = entered(wang)
    assert wang.get(f"{here}/correct").status_code == 404, "it is still open"
    wang.post(f"{here}/answer", data=ANSWER)
    form = ANSWER | {"outcome": "disclosed_in_part", "applicant": "company"}
    refused = wang.post(f"{here}/correct", data=form | {"reason": ""})
    assert "为什么更正" in refused.text
    page = wang.post(
        f"{here}/correct", data=form | {"reason": "选错了"}, follow_redirects=True
    ).text
    assert "由“予以公开”更正为“部分公开”" in page
    assert "结账以后" not in page


@pytest.mark.parametrize(
    ("path", "form", "article"),
    [
        ("answer", ANSWER | {"done_on": "2026-09-01"}, "第三十一条"),
        ("answer", ANSWER | {"outcome": ""}, "第三十六条至第三十九条"),
        (
            "mend",
            {"done_on": "2026-09-01", "until_on": "2026-09-30", "words": "哪一年"},
            "第三十一条",
        ),
        ("extend", {"done_on": "2026-10-08", "days": "21", "consent_by": "王主任"}, "第三十三条"),
        ("extend", {"done_on": "2026-10-08", "days": "5", "consent_by": "王主任"}, "只能延长一次"),
        ("inquire", {"done_on": "2026-09-01", "kind": "body", "who": "县局"}, "第三十一条"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_with_its_article(wang, path, form, article):
    here = entered(wang)
    first = {"done_on": "2026-09-30", "days": "5", "consent_by": "王主任"}
    assert wang.post(f"{here}/extend", data=first).status_code == 302
    refused = wang.post(f"{here}/{path}", data=form)
    assert refused.status_code == 422
    assert article in refused.text
    assert "（条例第" in refused.text


def test_a_plain_letter_that_was_confirmed_late_says_why(wang):
    form = FORM | {"received_by": "plain_post", "confirmed_on": "2026-09-24"}
    refused = wang.post("/desk/requests", data=form)
    assert refused.status_code == 422
    assert "收到的当天与申请人确认（条例第三十一条）" in refused.text
    page = wang.post(
        "/desk/requests", data=form | {"late_confirmation": "信压在收发室"}, follow_redirects=True
    ).text
    assert "9月14日到的，确认晚了：信压在收发室" in page


def test_the_outcomes_stand_under_the_parts_of_table_three(wang):
    page = wang.get(entered(wang)).text
    assert '<optgroup label="（三）不予公开">' in page
    assert page.count("<optgroup") == 6


def test_tables_to_take_away_have_no_contact_and_no_name(wang, signed_in):
    entered(wang)
    wang.post(
        "/desk/registers/new",
        data={"kind": "penalty", "title": "占道处罚", "done_on": "2026-05-06"},
    )
    for address, sheet in (
        ("/desk/requests/ledger.xlsx?year=2026", "台账"),
        ("/desk/registers/registers.xlsx?year=2026", "行政处罚"),
    ):
        book = load_workbook(BytesIO(wang.get(address).data))
        words = str(list(book[sheet].iter_rows(values_only=True)))
        assert "2026" in words
        assert "示例" not in words
    one = load_workbook(BytesIO(wang.get("/desk/registers/registers.xlsx?kind=penalty").data))
    assert one.sheetnames == ["行政处罚"]
    assert signed_in("li").get("/desk/requests/ledger.xlsx").status_code == 404


@pytest.mark.parametrize("year", ["abc", "20260", "0", "1899"])
@pytest.mark.parametrize("address", ["/desk/requests/ledger.xlsx", "/desk/notices/register.csv"])
def test_a_year_that_is_none_gives_no_file_of_another(wang, address, year):
    refused = wang.get(address, query_string={"year": year})
    assert refused.status_code == 409
    assert "年份没有看懂" in refused.text
    assert wang.get(address).status_code == 200, "this year's, where none is asked for"


def test_a_year_is_closed_after_one_more_look(wang, signed_in):
    entered(wang, arrived_on="2025-12-01")
    form = {"ledger": "requests", "year": "2025", "signers": "王主任、李示例"}
    assert "结账只有一次" in wang.post("/desk/closings", data=form).text
    page = wang.post("/desk/closings", data=form | SURE, follow_redirects=True).text
    assert "结账以后没有变过" in page
    assert 'href="/desk/closings/1"' in wang.get("/desk/annual/2025").text
    assert page_count(wang.get("/desk/closings/1/minutes.pdf").data) == 1
    assert "依申请〔2025〕1号" in wang.get("/desk/closings/1/sealed.csv").data.decode("utf-8-sig")
    scan = {"scans": (BytesIO(b"%PDF-1.4 signed"), "签字.pdf")}
    kept = wang.post("/desk/closings/1/scans", data=scan, follow_redirects=True)
    assert "签字页1" in kept.text
    assert wang.get("/desk/closings/1/scans/1").data == b"%PDF-1.4 signed"
    assert wang.post("/desk/closings/1/scans", data={}).status_code == 422
    again = wang.post("/desk/closings", data=form | SURE)
    assert again.status_code == 422
    assert "已经结过账" in again.text
    running = wang.post("/desk/closings", data=form | SURE | {"year": "2026"})
    assert "一年过完了才结账" in running.text
    assert signed_in("li").get("/desk/closings").status_code == 404


def test_who_signs_stays_where_a_closing_is_refused(wang):
    many = "、".join(["王主任"] * 7)
    form = {"ledger": "requests", "year": "2025", "signers": many}
    refused = wang.post("/desk/closings", data=form | SURE)
    assert refused.status_code == 422
    assert f'value="{many}"' in refused.text


@pytest.mark.parametrize("village", ["x", "1x", "-1", "99999999999999999999"])
def test_no_numbers_are_given_to_a_village_that_is_none(wang, zhangjia, village):
    refused = wang.post("/desk/emergency/sheets.pdf", data={"count": "3", "village": village})
    assert refused.status_code == 422
    assert "请重新选" in refused.text
    with zhangjia.site.sessions.engine.connect() as connection:
        assert not connection.execute(text("SELECT number FROM emergency_sheet")).all()


def test_emergency_sheets_are_printed_and_typed_in(wang, zhangjia):
    pdf = wang.post("/desk/emergency/sheets.pdf", data={"count": "3"})
    assert page_count(pdf.data) == 3
    with zhangjia.site.sessions.engine.connect() as connection:
        codes = dict(connection.execute(text("SELECT number, code FROM emergency_sheet")).all())
    form = {"number": "2", "matter": "request", "done_on": "2026-10-09", "words": "停电时的申请"}
    assert "对不上" in wang.post("/desk/emergency/used", data=form | {"code": "none"}).text
    done = wang.post(
        "/desk/emergency/used", data=form | {"code": codes[2]}, follow_redirects=True
    ).text
    assert "这几张还没有登记：</b>1" in done
    done = wang.post(
        "/desk/emergency/unused",
        data={"number": "1", "state": "missing", "why": "没有找到"},
        follow_redirects=True,
    ).text
    assert "这几张还没有登记" not in done
    assert 'value="3"' in wang.get("/DESK/EMERGENCY/3", follow_redirects=True).text
