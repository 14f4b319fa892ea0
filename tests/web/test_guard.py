"""Every route is public or guarded by role, and a liaison can do nothing in another village."""

import re

import pytest
from flask import Flask
from support.builders import a_notice
from support.clock import NOON
from support.page_addresses import NO_PAGES, PAGES

from bulletin.domain.people import Role
from bulletin.services.operations import verify
from bulletin.web import guard

PUBLIC = {
    "editor_script.script",
    "style_sheets.joined",
    "public.front",
    "public.township",
    "find.find",
    "public.village",
    "public.current_list",
    "public.year_list",
    "public.group_list",
    "public.notice",
    "public.no_code",
    "board_check.board",
    "board_check.photograph",
    "paper_check.check",
    "paper_check.scan",
    "public.paper",
    "ask.about_notice",
    "apply.form",
    "apply.send_form",
    "apply.withdraw",
    "ask.about_place",
    "ask.send_about_notice",
    "ask.send_about_place",
    "dialogue.receipt",
    "dialogue.show",
    "dialogue.add",
    "dialogue.escalate",
    "dialogue.forget",
    "dialogue.erase",
    "records.catalog",
    "records.item",
    "records.of_place",
    "records.of_year",
    "records.of_township",
    "records.of_site",
    "records.matters_of",
    "records.attestations_of",
    "records.report_file",
    "records.report_of",
    "records.meetings_of",
    "records.catalog_file",
    "public.robots",
    "feeds.of_site",
    "feeds.of_township",
    "feeds.of_place",
    "feeds.of_group",
    "subscriptions.follow",
    "subscriptions.subscribe",
    "subscriptions.own",
    "subscriptions.change",
    "subscriptions.own_feed",
    "public.file",
    "listen.listen",
    "transparency.checkpoint",
    "transparency.content",
    "transparency.content_check",
    "transparency.key",
    "transparency.successions",
    "transparency.tile",
    "health.healthz",
    "health.readyz",
    "account.sign_in",
    "account.sign_out",
    "account.calendar_file",
    "account.welcome",
    "static",
}
VALUES = {
    "code": "XXXXXXXXXX",
    "page": 1,
    "tail": "X",
    "digest": "0" * 64,
    "name": "x",
    "which": "hung",
    "filename": "x",
    "token": "x",
    "form": "csv",
    "kind": "blank",
    "address": "0/000",
}


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def url_of(rule, code="XXXXXXXXXX", number=1):
    values = VALUES | {"code": code}
    return re.sub(
        r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda m: str(values.get(m[1], number)), rule.rule
    )


def test_every_route_says_who_may_come_in(app):
    for rule in rules(app):
        view = app.view_functions[rule.endpoint]
        if view.guard == "public":
            assert rule.endpoint in PUBLIC, f"{rule.rule} is open to everyone"
        else:
            assert set(view.guard) <= set(Role)
            assert view.guard


def test_every_page_has_an_address_at_which_it_is_looked_at(app):
    asked = {rule.endpoint for rule in rules(app) if "GET" in rule.methods}
    assert asked == PAGES.keys() | NO_PAGES, "see tests/support/page_addresses.py"


def test_a_route_without_a_guard_stops_the_start():
    app = Flask("careless")
    app.add_url_rule("/open", "open", lambda: "")
    with pytest.raises(RuntimeError, match="/open"):
        guard.ensure_guarded(app)


def test_nobody_gets_past_a_guarded_route_without_signing_in(app, resident):
    for rule in rules(app):
        if rule.endpoint in PUBLIC:
            continue
        for method in sorted(rule.methods & {"GET", "POST"}):
            answer = resident.open(url_of(rule), method=method)
            assert answer.status_code in (302, 401), f"{method} {rule.rule}"
            if answer.status_code == 302:
                assert "/sign-in" in answer.headers["Location"]


def test_the_liaison_of_another_village_can_do_nothing_with_a_notice(app, zhangjia, signed_in):
    notice = a_notice(zhangjia, NOON)
    zhou = signed_in("zhou")
    before = verify.verify(zhangjia.site).checkpoint
    tried = 0
    for rule in rules(app):
        if "<code>" not in rule.rule or not rule.rule.startswith("/desk/notices"):
            continue
        for method in sorted(rule.methods & {"GET", "POST"}):
            answer = zhou.open(url_of(rule, notice.code), method=method)
            assert answer.status_code in (403, 404, 422), f"{method} {rule.rule}: {answer.status}"
            assert "2026年第三季度" not in answer.text
            tried += 1
    assert tried > 15
    assert verify.verify(zhangjia.site).checkpoint == before


@pytest.mark.parametrize(
    ("login", "path", "status"),
    [
        ("li", "/desk/people", 403),
        ("li", "/desk/villages", 403),
        ("wu", "/desk/people", 403),
        ("zheng", "/desk/people", 200),
        ("zheng", "/desk/villages", 200),
        ("wang", "/desk/filings", 200),
        ("li", "/desk/filings", 403),
        ("li", "/desk", 200),
        ("sun", "/desk/reviews", 200),
    ],
)
def test_each_page_opens_for_its_roles(signed_in, login, path, status):
    assert signed_in(login).get(path).status_code == status


def test_forms_without_their_token_are_refused(app, zhangjia):
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    answer = browser.post("/sign-in", data={"login": "li", "password": zhangjia.password})
    assert answer.status_code == 400
