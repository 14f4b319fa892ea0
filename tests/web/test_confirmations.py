"""Which presses ask once more: every form of the desk asks, or says here why it need not."""

from support.builders import a_notice
from support.clock import NOON

from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices.overview import edition_rows
from bulletin.web.form_words import ACTS

CONFIRMED = {
    "closings.close",
    # at one press something is over
    "account.renew_calendar",
    "drafts.submit",  # when it publishes at once
    "feedback.forget",
    "notices.cancel",  # of a draft without a reason
    "notices.withdraw",
    "outlets.end",
    "people.end",
    "people.invite_again",
    "people.leave",
    "people.password",
    "people.withdraw_invitation",
    "reviews.step",  # when it publishes at once
    "reviews.take_many",
    "villages.merge_into",
    "villages.rename_to",
}
ENDING_WORDS = ("终止", "停用", "重设", "作废", "换一个", "撤回", "并入", "改村名")
# What ends something and does not ask: a written reason is asking enough, or it is easily done again.
NEEDS_NONE = {
    "airings.withdraw",
    "attributes.withdraw",
    "duties.owed",
    "meetings.withdraw",
    "postings.withdraw",
    "registers.void",
    "trainings.void",
    "reporting.void",
}
SURE = {"sure": "yes"}


def views(app):
    return {name: app.view_functions[name] for name in ACTS}


def test_each_press_that_asks_is_known(app):
    asking = {name for name, view in views(app).items() if _asks(view)}
    assert asking == CONFIRMED


def _asks(view):
    while view is not None:
        if getattr(view, "asks_first", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_whatever_sounds_like_an_ending_asks_or_wants_a_reason(app):
    ending = {name for name, words in ACTS.items() if any(end in words for end in ENDING_WORDS)}
    assert ending <= CONFIRMED | NEEDS_NONE


def test_what_was_typed_travels_through_the_question(signed_in, zhangjia):
    person = zhangjia.people["li"].id
    browser, page = signed_in("zheng"), f"/desk/people/{person}"
    asked = browser.post(
        f"{page}/password",
        data={"one": "甲<b>", "two": "乙"},
        headers={"Referer": f"http://localhost{page}"},
    ).text
    for field in (
        'name="one" value="甲&lt;b&gt;"',
        'name="two" value="乙"',
        'name="sure" value="yes"',
    ):
        assert field in asked
    assert f'href="{page}">不办，回去' in asked
    elsewhere = browser.post(f"{page}/password", headers={"Referer": "https://evil.example/desk"})
    assert 'href="/desk">不办，回去' in elsewhere.text


def test_a_draft_without_a_number_is_thrown_away_without_a_reason(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    url, li = f"/desk/notices/{notice.code}/cancel", signed_in("li")
    (before,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    asked = li.post(url).text
    assert "历史里会记一笔" in asked
    assert edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)[0].state == before.state
    assert li.post(url, data=SURE).status_code == 302
    (after,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert after.state == "cancelled"
    again = a_notice(zhangjia, NOON)  # the duty is open again
    assert again.code != notice.code
    assert duty_lines(zhangjia.site, zhangjia.li, NOON)


def test_what_has_a_number_goes_with_a_reason_only(approved, signed_in):
    url = f"/desk/notices/{approved.code}/cancel"
    answer = signed_in("zhao").post(url, data=SURE)
    assert "请写明作废的原因" in answer.text or answer.status_code in (403, 422)
