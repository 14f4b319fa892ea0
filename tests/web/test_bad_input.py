"""Odd addresses and forms get a clear answer, never a 500."""

import json
import re

import pytest
from support.builders import a_duty, a_notice
from support.clock import NOON

from bulletin.web.form_words import ACTS, NOT_OFFERED

pytestmark = pytest.mark.every_row

HUGE = "9" * 25


@pytest.mark.parametrize(
    "path",
    [
        "/V/%00",
        "/F/%00/x/y",
        "/N/%00",
        "/find?q=%00",
        "/desk/notices/%00",
        f"/desk/notices?village={HUGE}",
        "/desk/notices?village=3000000000",
        f"/desk/duties?village={HUGE}&why={HUGE}&page={HUGE}",
        f"/desk/boards?village={HUGE}",
        f"/desk/prints/{HUGE}.pdf",
        "/desk/prints/3000000000.pdf",
        f"/desk/postings/{HUGE}/photo/hung",
        "/desk/notices?page=-1",
        "/desk/duties?why=x",
    ],
)
def test_an_address_that_leads_nowhere_is_answered(signed_in, path):
    assert signed_in("li").get(path).status_code in (200, 400, 404)


@pytest.mark.parametrize(
    ("what", "form", "status"),
    [
        ("start", {"duty": ["{duty}", "{duty}"]}, 302),
        ("start", {"duty": HUGE}, 422),
        ("{duty}/event", {"event_on": "9999-12-31"}, 422),
        ("{duty}/not-applicable", {"reason": "没有\0发生"}, 400),
    ],
)
def test_a_form_about_a_duty_is_answered(signed_in, zhangjia, what, form, status):
    duty = str(a_duty(zhangjia, "finance.quarterly_accounts", NOON))
    url = "/desk/drafts" if what == "start" else f"/desk/duties/{what.format(duty=duty)}"
    filled = {
        name: [each.format(duty=duty) for each in value] if isinstance(value, list) else value
        for name, value in form.items()
    }
    assert signed_in("li").post(url, data=filled).status_code == status


@pytest.mark.parametrize(
    "said",
    [
        {"version": 10**30},
        {"version": True, "document": None},
        {"version": "2"},
        [],
        None,
        {"version": 2, "publish_at": "9999-12-31T09:00", "title": "", "document": {"blocks": []}},
        {"version": 2, "posting_days": HUGE, "title": "", "document": {"blocks": []}},
        {"version": 2, "title": "x" * 30_000, "document": {"blocks": []}},
        {"version": 2, "title": "\0", "document": {"blocks": []}},
        {"version": 2, "title": "", "document": {"blocks": [[[[]]]]}},
    ],
)
def test_a_broken_save_is_answered(signed_in, zhangjia, said):
    notice = a_notice(zhangjia, NOON)
    answer = signed_in("li").post(f"/desk/notices/{notice.code}/save", json=said)
    assert answer.status_code in (400, 409, 422)


LARGE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n' + bytes(
    100 * 1024 * 1024
)


@pytest.mark.sqlite_only(reason="nothing reaches a database")
@pytest.mark.parametrize("door", ["notices/{code}/bring", "notices/{code}/upload", "drafts"])
def test_a_file_of_100_megabytes_gets_one_sentence(signed_in, zhangjia, door):
    url = f"/desk/{door.format(code=a_notice(zhangjia, NOON).code)}"
    kind = "multipart/form-data; boundary=x"
    page = signed_in("li").post(url, data=LARGE, content_type=kind)
    assert page.status_code == 413
    assert page.text.count("文件超过20兆") == 2  # said here, and before it is sent
    assert "没有丢" in page.text
    assert 'class="brand"' in page.text


def test_json_without_end_and_numbers_without_end_are_answered(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    for body in ("[" * 100_000, '{"version": ' + "9" * 5000 + "}", "{", ""):
        answer = signed_in("li").post(
            f"/desk/notices/{notice.code}/save", data=body, content_type="application/json"
        )
        assert answer.status_code in (400, 422)


def test_a_role_given_twice_is_said(signed_in, zhangjia):
    url = f"/desk/people/{zhangjia.sun.id}/appoint"
    form = {"role": "liaison", "village": zhangjia.id}
    assert signed_in("zheng").post(url, data=form).status_code == 302
    assert signed_in("zheng").post(url, data=form).status_code == 422


def signed_in_anew(app, zhangjia):
    """A browser that signed in anew, and the token of the page that was open before."""
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    page = browser.get("/sign-in").text
    token = page.partition('name="csrf_token" ')[2].partition('value="')[2].partition('"')[0]
    browser.post(
        "/sign-in", data={"login": "li", "password": zhangjia.password, "csrf_token": token}
    )
    return browser, token


OWN = {"Origin": "http://localhost"}


def test_a_form_from_before_a_new_sign_in_is_sent_again_as_it_was(app, zhangjia):
    notice = a_notice(zhangjia, NOON)
    url = f"/desk/notices/{notice.code}"
    browser, token = signed_in_anew(app, zhangjia)
    stale = {"csrf_token": token, "title": "写了很久的标题", "version": "2"}
    again = browser.post(f"{url}/submit", data=stale, headers=OWN)
    assert again.status_code == 400
    assert 'value="写了很久的标题"' in again.text
    assert f'action="{url}/submit"' in again.text
    script = {"X-CSRFToken": token, **OWN}
    answer = browser.post(f"{url}/save", json={"version": 2}, headers=script)
    fresh = {"X-CSRFToken": answer.get_json()["csrf_token"]}
    save = {"version": 2, "title": "写了很久的标题", "document": {"blocks": []}}
    assert browser.post(f"{url}/save", json=save, headers=fresh).status_code == 200


def test_a_form_sent_again_names_the_act_and_shows_what_would_be_sent(app, zhangjia):
    notice = a_notice(zhangjia, NOON)
    browser, _ = signed_in_anew(app, zhangjia)
    document = {"blocks": [{"type": "paragraph", "text": "路灯修好了。"}]}
    stale = {"title": "路灯", "document": json.dumps(document)}
    page = browser.post(f"/desk/notices/{notice.code}/submit", data=stale, headers=OWN).text
    assert "<strong>提交审查</strong>" in page
    for label, words in (("编号", notice.code), ("标题", "路灯"), ("正文", "路灯修好了。")):
        assert re.search(rf"<dt>{label}</dt>\s*<dd[^>]*>{words}</dd>", page)
    assert '<button type="submit" class="button">提交审查</button>' in page
    step = browser.post(
        f"/desk/notices/{notice.code}/step", data={"step": "approve"}, headers=OWN
    ).text
    assert "<strong>审核</strong>" in step


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:8001"},
        {"Origin": "http://[broken"},
        {"Referer": "http://evil.example/http://localhost/desk"},
        {"Origin": "http://evil.example", "Referer": "http://localhost/desk"},
    ],
)
@pytest.mark.parametrize("token", [{}, {"X-CSRFToken": "x"}])
def test_what_another_site_sends_is_never_offered_for_one_press(app, zhangjia, headers, token):
    notice = a_notice(zhangjia, NOON)
    browser, _ = signed_in_anew(app, zhangjia)
    url = f"/desk/notices/{notice.code}/take-down"
    answer = browser.post(url, data={"reason": "别人写的原因"}, headers={**headers, **token})
    assert answer.status_code == 400
    assert "没有办理" in answer.text
    assert "csrf_token" not in answer.text
    assert "别人写的原因" not in answer.text


@pytest.mark.parametrize("own", [OWN, {"Referer": "http://localhost:80/desk"}])
def test_our_own_page_is_known_by_its_origin_or_else_by_its_address(app, zhangjia, own):
    browser, _ = signed_in_anew(app, zhangjia)
    assert "还没有办" in browser.post("/desk/drafts", data={"duty": "1"}, headers=own).text


def test_passwords_are_typed_anew_and_never_shown(app, zhangjia):
    browser, _ = signed_in_anew(app, zhangjia)
    form = {"old": "correct-horse", "new": "battery-staple", "again": "battery-staple"}
    answer = browser.post("/account/password", data=form, headers=OWN)
    assert answer.status_code == 400
    assert "battery-staple" not in answer.text


def test_every_form_that_can_be_sent_again_has_its_words(app):
    scripts = {
        "pasted.tell_apart",
        "drafts.compare",
        "drafts.upload",
        "photos.piece",
        "board_check.photograph",
        "paper_check.scan",
    }
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    open_rooms = ("apply.", "ask.", "dialogue.", "subscriptions.")  # no session that could end
    of_residents = {each for each in posts if each.startswith(open_rooms)}
    assert posts - scripts - of_residents - NOT_OFFERED == set(ACTS)
