"""今天: each person's next thing to do, and the bar with the rooms they may enter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain import pages
from bulletin.services.boards import post
from bulletin.services.desk import today
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices.publish import publish_due
from bulletin.services.notices.reviews import review
from bulletin.store.copies.notes import note_failed


@pytest.mark.parametrize(
    ("login", "place", "rooms", "closed"),
    [
        ("li", "张家村 · 公开台", ["要公开的", "公开栏"], ["审查", "备案"]),
        ("sun", "张家村 · 公开台", ["审查"], ["备案"]),
        ("wang", "红崖子沟乡 · 公开台", ["审查", "备案"], []),
        ("wu", "红崖子沟乡 · 公开台", ["备案", "进度"], ["审查"]),
        ("zheng", "红崖子沟乡 · 公开台", ["设置", "备案"], ["审查"]),
    ],
)
def test_the_bar_names_the_place_and_the_rooms_of_the_role(signed_in, login, place, rooms, closed):
    page = signed_in(login).get("/desk").text
    bar = page.partition("<nav")[2].partition("</nav>")[0]
    assert place in page
    assert all(f">{room}" in bar for room in rooms)
    assert not any(f">{room}" in bar for room in closed)


@pytest.mark.parametrize(("login", "is_there"), [("li", False), ("zheng", True)])
def test_the_settings_lead_to_what_one_may_set(signed_in, login, is_there):
    page = signed_in(login).get("/desk/settings").text
    for room in ("/desk/people", "/desk/villages"):
        assert (f'href="{room}"' in page) is is_there
    assert 'href="/account/password"' in page


def test_nobody_sees_the_desk_without_signing_in(resident):
    answer = resident.get("/desk")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_a_draft_that_came_back_says_why_and_is_one_press_away(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    review.send_back(zhangjia.site, zhangjia.sun, notice.code, "第三页合计算错了", NOON)
    page = signed_in("li").get("/desk").text
    assert "退回：第三页合计算错了" in page
    assert f'href="/desk/notices/{notice.code}/edit"' in page


def test_what_waits_for_the_supervisor_is_counted_in_the_bar_and_asked_today(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    page = signed_in("sun").get("/desk").text
    assert "今天有一件事" in page
    assert "<b>1</b>" in page
    assert f'href="/desk/notices/{notice.code}/review"' in page


def test_one_way_to_a_board_is_printed_and_recorded_at_once(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    page = signed_in("li").get("/desk").text
    assert page.count("打印要贴的") == page.count("贴好了，拍照登记") == 2
    assert f'href="/desk/boards/{zhangjia.boards[0]}/photos"' in page
    notice.printed()
    page = signed_in("li").get("/desk").text
    assert "打印要贴的" not in page
    assert f'href="/desk/notices/{notice.code}/hang"' in page


def test_work_is_headed_by_its_urgency_and_others_work_is_folded_away(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON, title="甲").submitted()
    page = signed_in("li").get("/desk").text
    folded = page.partition('<details class="panel">')[2].partition("</details>")[0]
    assert "在别人手里的1件" in folded
    assert f'href="/desk/notices/{notice.code}"' in folded
    assert "快到了" in page
    assert "已经迟了" not in page


def test_a_clock_that_never_ran_is_said_and_a_clock_that_beats_too(signed_in, zhangjia):
    assert "发布时钟还没有走过" in signed_in("li").get("/desk").text
    publish_due(zhangjia.site, NOON)
    assert "发布时钟正常，上次 12:00" in signed_in("li").get("/desk").text


def test_an_empty_desk_says_so(signed_in):
    page = signed_in("zheng").get("/desk").text
    assert "今天没有要办的事" in page


def test_the_head_of_a_village_sees_what_its_liaison_owes(zhangjia):
    def late(who, day):
        found = today.today(zhangjia.site, who, NOON + timedelta(days=day)).entries
        return {entry.title for entry in found if entry.work is today.Work.OVERSEE}

    assert late(zhangjia.zhao, 6) == set(), "the last day is not over"
    assert late(zhangjia.zhao, 7) == {"张家村"}
    assert late(zhangjia.wu, 7) == {"张家村", "白马村", "乡镇"}
    assert late(zhangjia.li, 7) == set(), "who writes sees each item"


@pytest.mark.parametrize("path", ["/desk", "/desk/boards", "/account/reminders"])
def test_ones_reminders_calendar_and_password_are_at_the_foot_of_every_page(signed_in, path):
    page = signed_in("li").get(path).text
    foot = page.partition('<footer class="end">')[2]
    for own in ("reminders", "calendar", "password"):
        assert f'href="/account/{own}"' in foot
    assert "张家村 · 公开台" in page


def test_of_many_duties_a_page_is_shown_and_how_many_more_there_are(
    signed_in, zhangjia, monkeypatch
):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    site, last = zhangjia.site, NOON.date() + timedelta(days=zhangjia.site.soon_days)
    lines = duty_lines(site, zhangjia.li, NOON, last_due=last, settled=False)
    owed = sum(line.is_open for line in lines)
    assert owed > 2
    page = signed_in("li").get("/desk").text
    assert f"另有{owed - 2}项" in page
    assert page.count('name="only"') == 2
    assert today.today(site, zhangjia.li, NOON).entries[-1].target == "duties?page=2"


def test_what_was_not_done_has_no_tick(signed_in, zhangjia, resident):
    asked = resident.get("/desk", follow_redirects=True).text
    assert "请先登录。" in asked
    assert "✓" not in asked
    notice = a_notice(zhangjia, NOON).submitted()
    done = signed_in("li").post(
        f"/desk/notices/{notice.code}/withdraw", data={"sure": "yes"}, follow_redirects=True
    )
    assert "✓</span> 已经撤回" in done.text


def test_two_editions_at_one_board_are_told_apart(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON, title="上级拨款使用情况").approved()
    notice.printed()
    board = zhangjia.boards[0]
    post.hang(zhangjia.site, zhangjia.li, notice.code, board, NOON.date(), NOON)
    assert "第1版" not in signed_in("li").get("/desk").text
    notice.corrected()
    page = signed_in("li").get("/desk").text
    for edition in ("第1版 上级拨款使用情况</a>", "第2版 更正</a>"):
        assert page.count(edition) == 1


def test_why_residents_read_an_old_page_is_told_to_the_administrator_alone(
    app, signed_in, zhangjia
):
    app.extensions["site"] = replace(zhangjia.site, copy="s3://bulletin")
    with zhangjia.site.sessions.writing() as session:
        note_failed(session, "s3://bulletin", "no_bucket", NOON)
    clerk, administrator = (signed_in(who).get("/desk").text for who in ("li", "zheng"))
    assert "村民看的网页还没有写成" in clerk
    assert "请告诉管理员" in clerk
    assert "副本" not in clerk
    assert "存储桶" not in clerk
    assert "原因：存放副本的存储桶找不到。" in administrator
