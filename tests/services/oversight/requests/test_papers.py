"""Letters are drafted from the ledger, read over, and kept as issued; what is ended is corrected with a reason."""

from datetime import date

import pytest
from support.clock import NOON
from support.information_requests import LAYOUT, RULES, a_request

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.oversight.requests.course import ApplicantClass, StepKind
from bulletin.domain.oversight.requests.letters import TO_FILL, LetterKind, Remedy
from bulletin.domain.oversight.requests.outcomes import outcomes_by_part
from bulletin.services.notices.detail import notice_detail
from bulletin.services.oversight.requests import record_step
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.correct import CorrectedRequest, correct_request
from bulletin.services.oversight.requests.detail import request_view
from bulletin.services.oversight.requests.draft_disclosure import draft_disclosure
from bulletin.services.oversight.requests.ledger import year_figures
from bulletin.services.oversight.requests.papers.issue_letter import issue_letter
from bulletin.services.oversight.requests.papers.letters import (
    LetterDraft,
    draft_letter,
    letter_pdf,
)
from bulletin.services.oversight.requests.papers.tables import ledger_file
from bulletin.services.oversight.requests.receive import receive
from bulletin.sheets.pdfium import page_count
from bulletin.store import file_references

TODAY = village_day(NOON)
SEPTEMBER = date(2026, 9, 14)


@pytest.fixture
def asked(zhangjia):
    return receive(zhangjia.site, zhangjia.wang, a_request(SEPTEMBER), NOON)


def drafted(village, request_id, kind, step_id=None):
    return draft_letter(village.site, village.wang, request_id, kind, step_id, NOON)


def view(village, request_id):
    return request_view(village.site, village.wang, request_id, NOON)


def step_of(village, request_id):
    return view(village, request_id).steps[-1].id


def test_the_acknowledgement_says_day_number_and_term(zhangjia, asked):
    letter = drafted(zhangjia, asked, LetterKind.ACKNOWLEDGEMENT)
    for said in ("依申请〔2026〕1号", "2026年9月14日", "2026年10月16日", "2025年村道硬化工程"):
        assert said in letter.text
    assert letter.to == "丁示例"


def test_every_step_has_its_letter_and_third_parties_learn_no_name(zhangjia, asked):
    site, wang = zhangjia.site, zhangjia.wang
    record_step.ask_to_mend(
        site, wang, asked, date(2026, 9, 16), date(2026, 9, 30), "哪一年的", NOON
    )
    mending = drafted(zhangjia, asked, LetterKind.MENDING, step_of(zhangjia, asked))
    assert "哪一年的" in mending.text
    assert "2026年9月30日前补正" in mending.text
    record_step.take_reply(site, wang, asked, step_of(zhangjia, asked), date(2026, 9, 28), NOON)
    third = StepKind.THIRD_PARTY
    record_step.inquire(site, wang, asked, third, date(2026, 9, 29), "示例公司", NOON)
    inquiry = drafted(zhangjia, asked, LetterKind.THIRD_PARTY, step_of(zhangjia, asked))
    assert inquiry.to == "示例公司"
    assert "丁示例" not in inquiry.text
    assert "15个工作日" in inquiry.text
    record_step.extend(site, wang, asked, date(2026, 10, 8), 10, "王主任", NOON)
    extension = drafted(zhangjia, asked, LetterKind.EXTENSION, step_of(zhangjia, asked))
    assert "10个工作日" in extension.text
    assert str(view(zhangjia, asked).line.due_on.day) in extension.text
    with pytest.raises(NotFoundError):
        drafted(zhangjia, asked, LetterKind.ANSWER)
    with pytest.raises(NotFoundError):
        drafted(zhangjia, asked, LetterKind.FEE, step_of(zhangjia, asked))


@pytest.mark.sqlite_only(reason="the wording is the same on both")
@pytest.mark.parametrize(
    "key",
    [key for key in RULES.outcomes if key not in {"not_mended", "fee_unpaid", "still_unclear"}],
)
def test_each_answer_says_its_article_and_the_way_on(zhangjia, asked, key):
    answer(zhangjia.site, zhangjia.wang, asked, TODAY, key, "理由写在这里。", NOON)
    text = drafted(zhangjia, asked, LetterKind.ANSWER).text
    outcome = RULES.outcomes[key]
    assert "理由写在这里。" in text
    if outcome.article.startswith("第"):
        assert outcome.article in text
    assert ("应当先申请行政复议" in text) == (outcome.remedy is Remedy.RECONSIDER_FIRST)
    assert ("六个月内依法向人民法院" in text) == (outcome.remedy is Remedy.EITHER)
    assert "{" not in text


def test_a_refusal_without_a_reason_is_not_issued(zhangjia, asked):
    site, wang = zhangjia.site, zhangjia.wang
    answer(site, wang, asked, TODAY, "process", "", NOON)
    letter = drafted(zhangjia, asked, LetterKind.ANSWER)
    assert TO_FILL in letter.text
    with pytest.raises(Refused) as why:
        issue_letter(site, wang, asked, letter, NOON)
    assert why.value.codes == ("letter_unfilled",)


def test_what_was_issued_stays_and_another_one_follows(zhangjia, asked):
    site, wang = zhangjia.site, zhangjia.wang
    letter = drafted(zhangjia, asked, LetterKind.ACKNOWLEDGEMENT)
    first = issue_letter(site, wang, asked, letter, NOON)
    name, pdf = letter_pdf(site, wang, asked, first)
    assert name == "依申请〔2026〕1号-1-收件回执.pdf"
    assert page_count(pdf) == 1
    changed = LetterDraft(letter.kind, None, "", letter.to, "改过的正文。")
    second = issue_letter(site, wang, asked, changed, NOON)
    assert letter_pdf(site, wang, asked, first)[1] == pdf
    assert letter_pdf(site, wang, asked, second)[1] != pdf
    assert len(view(zhangjia, asked).letters) == 2
    with site.sessions.reading() as session:
        assert len(set(file_references.kept_digests(session))) == 2, "a backup brings them"
    for login in ("li", "wu"):
        with pytest.raises((NotFoundError, Refused)):
            letter_pdf(site, zhangjia.people[login], asked, first)
    empty = LetterDraft(letter.kind, None, "", "", " ")
    with pytest.raises(Refused):
        issue_letter(site, wang, asked, empty, NOON)


def corrected(**change):
    usual = {
        "outcome": "disclosed_in_part",
        "ended_on": TODAY,
        "answer": "寄出",
        "applicant": ApplicantClass.COMPANY,
        "reason": "登记的时候选错了",
    }
    return CorrectedRequest(**usual | change)


def figure(village, row, column):
    key = CellKey(TableName.REQUESTS, row, column)
    return year_figures(village.site, village.wang, 2026)[key]


def test_an_ended_request_is_corrected_and_the_year_follows(zhangjia, asked):
    site, wang = zhangjia.site, zhangjia.wang
    with pytest.raises(Refused, match="还没有办结"):
        correct_request(site, wang, asked, corrected(), NOON)
    answer(site, wang, asked, TODAY, "disclosed", "寄出", NOON)
    assert figure(zhangjia, "disclosed", "person") == 1
    correct_request(site, wang, asked, corrected(), NOON)
    assert figure(zhangjia, "disclosed", "person") == 0
    assert figure(zhangjia, "disclosed_in_part", "company") == 1
    (line,) = view(zhangjia, asked).corrections
    assert line.what == "结果由“予以公开”更正为“部分公开”、申请人类别由“自然人”更正为“商业企业”"
    assert (line.who, line.reason) == (wang.name, "登记的时候选错了")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"outcome": ""}, "no_outcome"),
        ({"outcome": "not_mended"}, "not_given_up"),
        ({"ended_on": date(2026, 9, 1)}, "before_receipt"),
        ({"ended_on": date(2026, 10, 10)}, "answer_in_future"),
        (
            {"outcome": "disclosed", "applicant": ApplicantClass.PERSON},
            "nothing_changed",
        ),
    ],
)
def test_a_correction_keeps_to_the_rules_of_an_answer(zhangjia, asked, change, code):
    site, wang = zhangjia.site, zhangjia.wang
    answer(site, wang, asked, TODAY, "disclosed", "寄出", NOON)
    with pytest.raises(Refused) as why:
        correct_request(site, wang, asked, corrected(**change), NOON)
    assert code in why.value.codes


def test_the_table_to_take_away_names_nobody(zhangjia, asked):
    table = ledger_file(zhangjia.site, zhangjia.wu, "红崖子沟乡", 2026, "csv", NOON).decode(
        "utf-8-sig"
    )
    assert "依申请〔2026〕1号" in table
    assert "丁示例" not in table
    assert "示例路" not in table
    with pytest.raises(NotFoundError):
        ledger_file(zhangjia.site, zhangjia.li, "红崖子沟乡", 2026, "csv", NOON)


@pytest.mark.sqlite_only(reason="rules alone")
def test_every_outcome_stands_under_a_part_of_table_three():
    parts = outcomes_by_part(RULES.outcomes, LAYOUT)
    assert list(parts)[:3] == ["（一）予以公开", "（二）部分公开", "（三）不予公开"]
    assert sorted(o.key for each in parts.values() for o in each) == sorted(RULES.outcomes)


def test_what_many_asked_for_becomes_a_draft_that_names_nobody(zhangjia, asked):
    site, tian, wang = zhangjia.site, zhangjia.tian, zhangjia.wang
    assert not request_view(site, tian, asked, NOON).items, "it is not answered yet"
    answer(site, wang, asked, TODAY, "disclosed", "招标文件和合同附后。", NOON)
    assert not view(zhangjia, asked).items, "drafting is for the liaison"
    items = request_view(site, tian, asked, NOON).items
    assert items
    with pytest.raises(Refused, match="哪一项"):
        draft_disclosure(site, tian, asked, 0, NOON)
    with pytest.raises(Refused, match="第四十四条"):
        draft_disclosure(site, wang, asked, items[0].duty_id, NOON)
    code = draft_disclosure(site, tian, asked, items[0].duty_id, NOON)
    detail = notice_detail(site, tian, code, NOON)
    assert detail.row.title == "关于2025年村道硬化工程的招标文件和合同的公开"
    again = draft_disclosure(site, tian, asked, items[0].duty_id, NOON)
    assert again != code
