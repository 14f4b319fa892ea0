"""Whatever is printed opens in the letters that a phone, a person or a chat makes of it."""

import pytest

from bulletin.services.printing.forms import FORMS


@pytest.mark.parametrize("written", [str.lower, str.upper, str.title])
@pytest.mark.parametrize(
    "path",
    [
        "/V/630223202214",
        "/V/630223202214/CATALOG",
        "/V/630223202",
        "/T/630223202",
        "/N/{code}",
        "/N/{code}.1",
        "/N/{code}.1.1",
        "/N/{code}/paper.pdf",
        "/check",
        "/sign-in",
        "/robots.txt",
    ],
)
def test_a_printed_address_opens_in_any_letters(resident, approved, path, written):
    code = approved.code
    answer = resident.get(written(path.format(code=code)), follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.path.upper() == path.format(code=code).upper()


def test_every_form_of_the_board_leads_to_an_address_that_opens_lowered(resident, zhangjia):
    for form in FORMS.values():
        answer = resident.get(f"/V/630223202214{form.page}".lower(), follow_redirects=True)
        assert answer.status_code == 200


def test_what_stands_behind_the_question_mark_comes_along(resident, zhangjia):
    assert resident.get("/v/630223202214?big=1").location == "/V/630223202214?big=1"


@pytest.mark.parametrize("path", ["/x/1", "/v", "/n/", "/v/630223202214/nothing", "/N/%0Ax"])
def test_what_leads_nowhere_in_any_letters_is_not_found(resident, zhangjia, path):
    assert resident.get(path, follow_redirects=True).status_code == 404


def test_nobody_is_led_in_a_circle_or_off_the_site(resident, zhangjia):
    for path in ("/n//evil.example", "/V//evil.example", "//N/x"):
        location = resident.get(path).headers.get("Location", "/").removeprefix("http://localhost")
        assert location.startswith("/")
        assert not location.startswith("//")


@pytest.mark.parametrize("hung", ["。", "，", "）.", "，请看", "...", "请大家看"])
@pytest.mark.parametrize(
    "path", ["/V/630223202214", "/N/{code}", "/N/{code}.1", "/check", "/n/{code}.1.1"]
)
def test_what_a_chat_hangs_on_an_address_leads_to_it(resident, approved, path, hung):
    path = path.format(code=approved.code)
    for ask in (resident.head, resident.get):  # what checks a link asks for its head alone
        answer = ask(path + hung, follow_redirects=True)
        assert answer.status_code == 200
    assert answer.request.path.upper() == path.upper()


def test_the_name_of_a_file_is_no_word_of_a_chat(resident, approved):
    for name in ("附件.pdf", "附件一（没有）"):
        assert resident.get(f"/N/{approved.code}.1/files/0/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/n//evil.example。", "/nothing。", "/。。", "/V/0。", "/V/0"])
def test_what_hangs_on_no_address_leads_nowhere_else(resident, zhangjia, path):
    location = resident.get(path).headers.get("Location", "/").removeprefix("http://localhost")
    assert location.startswith("/")
    assert not location.startswith("//")
    if path != "/。。":  # to the front page
        assert resident.get(path, follow_redirects=True).status_code == 404
