"""Odd addresses and forms get a clear answer, never a 500."""

import pytest
from support.builders import a_duty, a_notice
from support.clock import NOON

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


def test_a_form_from_before_a_new_sign_in_is_sent_again_as_it_was(app, signed_in, zhangjia):
    app.config["WTF_CSRF_ENABLED"] = True
    notice = a_notice(zhangjia, NOON)
    browser, url = app.test_client(), f"/desk/notices/{notice.code}"
    page = browser.get("/sign-in").text
    token = page.partition('name="csrf_token" ')[2].partition('value="')[2].partition('"')[0]
    browser.post(
        "/sign-in", data={"login": "li", "password": zhangjia.password, "csrf_token": token}
    )
    stale = {"csrf_token": token, "title": "写了很久的标题", "version": "2"}
    again = browser.post(f"{url}/submit", data=stale)
    assert again.status_code == 400
    assert 'value="写了很久的标题"' in again.text
    assert f'action="{url}/submit"' in again.text
    said = browser.post(f"{url}/save", json={"version": 2}, headers={"X-CSRFToken": token})
    fresh = said.get_json()["csrf_token"]
    save = {"version": 2, "title": "写了很久的标题", "document": {"blocks": []}}
    assert browser.post(f"{url}/save", json=save, headers={"X-CSRFToken": fresh}).status_code == 200
