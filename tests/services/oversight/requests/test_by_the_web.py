"""A resident asks by the web: it counts from the confirmation, is followed with a receipt, and leaves no way to its applicant."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.feedback.receipts import MAX_SHOWINGS, new_nonce
from bulletin.domain.oversight.requests import forms
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.domain.oversight.requests.forms import RequestForm
from bulletin.services.oversight.requests import confirm, follow, submit
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.detail import request_view
from bulletin.services.oversight.requests.forget_applicants import forget_old_applicants
from bulletin.services.oversight.requests.see_applicant import see_contact, see_sent_contact
from bulletin.store import history

TODAY = village_day(NOON)  # 9 October 2026, a Friday
CODE, PLACE, TOWNSHIP = "K7QM3XW2", "630223202214", "630223202"
FORM = RequestForm(
    applicant=ApplicantClass.PERSON,
    name="丁示例",
    identity="居民身份证 630223199001011234",
    contact="13997000000",
    asked_for="2025年村道硬化工程的招标文件",
)


def sent(village, form=FORM, nonce="", at=NOON, place=PLACE):
    return submit.send(village.site, place, form, at, nonce=nonce or new_nonce(), code=CODE)


def status(village, number):
    return follow.sent_status(village.site, number, CODE)


def only(village):
    (line,) = confirm.sent_lines(village.site, village.wang)
    return line


def acts(village, act):
    with village.site.sessions.reading() as session:
        return [entry for entry in history.entries(session) if entry.act == act]


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"identity": ""}, "identity_missing"),
        ({"contact": ""}, "contact_missing"),
        ({"asked_for": ""}, "asked_missing"),
        ({"contact": "1" * 61}, "text_too_long"),
        ({"asked_for": "字" * 2001}, "words_too_long"),
    ],
)
def test_what_article_29_asks_for_is_asked_for(zhangjia, missing, code):
    with pytest.raises(Refused) as why:
        sent(zhangjia, replace(FORM, **missing))
    assert why.value.codes == (code,)


def test_it_counts_from_the_day_on_which_both_confirmed_it(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    number, _ = sent(zhangjia)
    assert status(zhangjia, number).received_on is None
    assert status(zhangjia, number).due_on is None
    later = NOON + timedelta(days=3)  # a Monday
    request_id = confirm.confirm(site, wang, only(zhangjia).id, village_day(later), "", later)
    view = request_view(site, wang, request_id, later)
    assert view.line.received_on == date(2026, 10, 12)
    assert view.arrived_on == TODAY
    assert status(zhangjia, number).due_on == view.line.due_on
    assert not confirm.sent_lines(site, wang)
    with pytest.raises(Refused, match="已经处理过"):
        confirm.confirm(site, wang, 1, village_day(later), "", later)


def test_a_late_confirmation_wants_a_reason_with_its_article(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    sent(zhangjia)
    late = NOON + timedelta(days=14)
    with pytest.raises(Refused, match="第三十一条") as why:
        confirm.confirm(site, wang, only(zhangjia).id, village_day(late), "", late)
    assert why.value.codes == ("confirmed_late",)
    request_id = confirm.confirm(
        site, wang, only(zhangjia).id, village_day(late), "电话一直没有人接", late
    )
    assert request_view(site, wang, request_id, late).late_confirmation == "电话一直没有人接"


def test_the_same_form_asks_once_and_shows_its_code_twice(zhangjia):
    nonce = new_nonce()
    first = sent(zhangjia, nonce=nonce)
    assert first[1]
    again = [sent(zhangjia, nonce=nonce) for _ in range(MAX_SHOWINGS)]
    assert [shows for _, shows in again] == [True] * (MAX_SHOWINGS - 1) + [False]
    assert {number for number, _ in again} == {first[0]}
    assert len(confirm.sent_lines(zhangjia.site, zhangjia.wang)) == 1


def test_a_wrong_code_and_an_unknown_number_are_told_apart_by_nobody(zhangjia):
    number, _ = sent(zhangjia)
    said = set()
    for typed in ((number, "AAAAAAAA"), ("234567891", CODE), ("x", "y")):
        with pytest.raises(NotFoundError) as why:
            follow.sent_status(zhangjia.site, *typed)
        said.add(str(why.value))
    assert len(said) == 1


def test_a_township_takes_so_many_a_day(zhangjia, monkeypatch):
    monkeypatch.setattr("bulletin.services.oversight.requests.submit.MAX_A_DAY", 1)
    assert forms.MAX_A_DAY > 1
    sent(zhangjia)
    with pytest.raises(Refused) as why:
        sent(zhangjia, place=TOWNSHIP)
    assert why.value.codes == ("too_many_today",)
    sent(zhangjia, at=NOON + timedelta(days=1))


def test_only_the_office_sees_who_asks_and_each_look_is_in_the_history(zhangjia):
    site = zhangjia.site
    sent(zhangjia)
    line = only(zhangjia)
    assert "13997000000" not in str(line)
    for login in ("li", "wu", "zheng"):
        assert not confirm.sent_lines(site, zhangjia.people[login])
        with pytest.raises((NotFoundError, Refused)):
            see_sent_contact(site, zhangjia.people[login], line.id, NOON)
    assert see_sent_contact(site, zhangjia.wang, line.id, NOON).contact == "13997000000"
    request_id = confirm.confirm(site, zhangjia.wang, line.id, TODAY, "", NOON)
    seen = see_contact(site, zhangjia.wang, request_id, NOON)
    assert (seen.name, seen.identity, seen.contact) == (FORM.name, FORM.identity, FORM.contact)
    looks = acts(zhangjia, "see_contact")
    assert [(each.actor, each.subject) for each in looks] == [
        (zhangjia.wang.name, "sent request 1"),
        (zhangjia.wang.name, f"request {request_id}"),
    ]
    assert "13997000000" not in str(looks)


def test_what_is_set_aside_keeps_no_person(zhangjia):
    number, _ = sent(zhangjia)
    with pytest.raises(Refused):
        confirm.set_aside(zhangjia.site, zhangjia.wang, only(zhangjia).id, " ", NOON)
    confirm.set_aside(zhangjia.site, zhangjia.wang, only(zhangjia).id, "同一件提了两次", NOON)
    assert status(zhangjia, number).set_aside == "同一件提了两次"
    with zhangjia.site.sessions.engine.connect() as connection:
        kept = connection.execute(
            text("SELECT applicant_name, identity, contact FROM sent_request")
        )
        assert kept.all() == [("", "", "")]


def test_the_applicant_withdraws_with_the_receipt_and_the_office_ends_it(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    number, _ = sent(zhangjia)
    request_id = confirm.confirm(site, wang, only(zhangjia).id, TODAY, "", NOON)
    follow.withdraw(site, number, CODE, "不需要了", NOON)
    follow.withdraw(site, number, CODE, "再按一次", NOON)
    assert request_view(site, wang, request_id, NOON).withdrawal == "不需要了"
    assert status(zhangjia, number).withdrawn_on == TODAY
    with pytest.raises(Refused, match="怎样表示撤回"):
        answer(site, wang, request_id, TODAY, "withdrawn", "", NOON)
    answer(site, wang, request_id, TODAY, "withdrawn", "10月9日凭回执撤回", NOON)
    assert not status(zhangjia, number).may_withdraw
    other, _ = sent(zhangjia)
    confirm.set_aside(site, wang, only(zhangjia).id, "已经当面答复", NOON)
    with pytest.raises(Refused):
        follow.withdraw(site, other, CODE, "", NOON)


def test_contact_and_identity_go_after_the_term_and_the_name_stays(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    number, _ = sent(zhangjia)
    request_id = confirm.confirm(site, wang, only(zhangjia).id, TODAY, "", NOON)
    term = timedelta(days=site.requests.contact_days)
    assert forget_old_applicants(site, NOON + term) == 0, "it is still open"
    answer(site, wang, request_id, TODAY, "disclosed", "寄出", NOON)
    assert forget_old_applicants(site, NOON + term - timedelta(days=1)) == 0
    assert forget_old_applicants(site, NOON + term) == 1
    assert forget_old_applicants(site, NOON + term) == 0
    with pytest.raises(Refused, match="按期删除"):
        see_contact(site, wang, request_id, NOON + term)
    view = request_view(site, wang, request_id, NOON + term)
    assert (view.applicant_name, view.has_contact) == (FORM.name, False)
    assert status(zhangjia, number).answer == "寄出"
    assert [each.actor for each in acts(zhangjia, "delete_contact")] == ["到期清理"]
