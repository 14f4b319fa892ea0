"""广播: the slots, the script with its sound file, one press that says it was aired, and the log of a month."""

import re
import wave
from dataclasses import replace
from io import BytesIO

import pytest
from support.browser import needs_chromium, served
from support.browser import signed_in as open_desk
from support.builders import a_notice
from support.clock import NOON
from support.engine import an_engine

from bulletin.web.desk import airings

LOUD = {"name": "村广播", "kind": "broadcast", "days": "0"}
SLOTS = {"at": ["07:00", "10:30", ""], "on": ["1234567", "12345", "1234567"], "airings": "2"}
ENGLISH = {"type": "translation", "language": "en", "title": "", "paragraphs": ["3.5 mu of land"]}


@pytest.fixture
def speaker(signed_in, zhangjia):
    """The village's loudspeaker, on the air at 07:00 and 10:30; the address of its pages."""
    answer = signed_in("zheng").post("/desk/outlets", data={**LOUD, "village": str(zhangjia.id)})
    assert answer.location == "/desk/outlets/1/slots"
    assert signed_in("li").post(answer.location, data=SLOTS).status_code == 302
    return "/desk/outlets/1"


@pytest.fixture
def notice(zhangjia, speaker):
    blocks = [{"type": "paragraph", "text": "拟征地3.5亩。"}, ENGLISH]
    asked = "government.land_preannouncement"
    return a_notice(zhangjia, NOON, item=asked, document={"blocks": blocks}).approved()


def test_slots_are_set_by_the_liaison_and_said_back(signed_in, zhangjia, speaker):
    li = signed_in("li")
    page = li.get(f"{speaker}/slots").text
    assert page.count('type="time"') == 4
    assert 'name="at" value="10:30"' in page
    assert "每天07:00，周一至周五10:30播，每份2次" in li.get("/desk/outlets").text
    twice = {**SLOTS, "at": ["07:00", "07:00"], "on": ["1234567", "67"]}
    refused = li.post(f"{speaker}/slots", data=twice)
    assert (refused.status_code, "写了两次" in refused.text) == (422, True)
    assert refused.text.count('name="at" value="07:00"') == 2
    for wrong in ({"at": ["7点"]}, {"on": ["8"]}, {"airings": ""}):
        assert li.post(f"{speaker}/slots", data=SLOTS | wrong).status_code == 422
    assert signed_in("zheng").get(f"{speaker}/slots").status_code == 200
    assert signed_in("zhou").post(f"{speaker}/slots", data=SLOTS).status_code == 403
    assert li.post(f"{speaker}/slots", data={"airings": "1"}).status_code == 302
    assert "还没有定播音时段" in li.get("/desk/outlets").text


def test_what_a_loudspeaker_says_is_chosen_printed_and_read_in_both_languages(
    signed_in, notice, speaker
):
    li = signed_in("li")
    where = f"{speaker}/{notice.code}/script"
    assert li.get(f"{speaker}/{notice.code}").location == where
    assert where in li.get("/desk").text
    assert where in li.get(f"/desk/notices/{notice.code}").text
    page = li.get(where).text
    assert "张家村的乡亲们" in page
    assert "下面再念一遍" in page
    assert "打印广播稿" in page
    assert re.search(r"大约\d+", page)
    assert "中文后面的英文照写的念" in page
    assert '下面用英语念一遍。\n<span lang="en">3.5 mu of land</span>\n再用英语念一遍。' in page
    once = li.get(f"{where}?rows=1&once=1").text
    assert "再念一遍" not in once
    assert 'type="hidden" name="once"' in once
    assert "声音文件" not in page, "nobody named an engine"
    assert signed_in("zhou").get(where).status_code == 403


def test_one_press_says_it_was_aired_in_the_slot_just_past(
    app, signed_in, notice, speaker, zhangjia
):
    li, where = signed_in("li"), f"{speaker}/{notice.code}/script"
    assert 'name="aired_at" type="datetime-local" value=""' in li.get(where).text
    monday = NOON.replace(day=12)
    app.extensions["clock"] = lambda: monday
    li = signed_in("li")
    page = li.get(where).text
    assert "要播2次，已播0次，最迟10月11日" in page
    assert "迟1天</span>" in page
    slot = re.search(r'name="aired_at" type="datetime-local" value="([^"]+)"', page)[1]
    assert slot == "2026-10-12T10:30"
    assert li.post(where, data={"aired_at": slot, "once": "1"}).status_code == 302
    assert "播2次，已播1次" in li.get("/desk/outlets").text
    refused = li.post(where, data={"aired_at": slot})
    assert (refused.status_code, "这个时段已经记过了" in refused.text) == (422, True)
    assert li.post(where, data={"aired_at": "2026-10-12T07:00"}).status_code == 302
    assert where not in li.get("/desk").text
    page = li.get(where).text
    assert "已经播够了" in page
    log = li.get("/desk/outlets/airings").text
    words = re.sub(r"<[^>]+>|\s+", "", log)
    assert "张家村播音登记表" in words
    assert "10月12日星期一10:30" in words
    correct = re.search(r'href="(/desk/outlets/airings/\d+/correct)"', log)[1]
    refused = li.post(correct, data={"aired_at": "", "times": "2", "reason": "x"})
    assert (refused.status_code, "请写什么时候播的" in refused.text) == (422, True)
    assert 'value="2026-10-12T07:00"' in li.get(correct).text
    right = {"aired_at": "2026-10-12T07:20", "times": "1", "reason": "晚播了二十分钟"}
    assert (
        li.post(correct, data=right).location
        == f"/desk/outlets/airings?place={zhangjia.id}&month=2026-10"
    )
    slip = {"reason": "那天没有播"}
    other = re.findall(
        r'href="(/desk/outlets/airings/\d+)/correct"', li.get("/desk/outlets/airings").text
    )[1]
    assert li.post(f"{other}/withdraw", data={"reason": ""}).status_code == 422
    assert li.post(f"{other}/withdraw", data=slip).status_code == 302
    words = re.sub(r"<[^>]+>|\s+", "", li.get("/desk/outlets/airings").text)
    assert "07:0007:20播的" in words
    assert "应当是：2026年10月12日07:20，念1遍。原因：晚播了二十分钟（李示例" in words
    assert "没有播过。原因：那天没有播" in words
    before = li.get("/desk/outlets/airings?month=2026-09").text
    assert "这个月没有登记播过" in before
    assert "下个月" in before
    assert li.get("/desk/outlets/airings?month=nothing&place=x").status_code == 200
    assert "登记错了" not in signed_in("zheng").get("/desk/outlets/airings").text


def test_the_log_names_the_loudspeaker_where_the_place_has_more_than_one(
    app, signed_in, notice, speaker, zhangjia
):
    monday = NOON.replace(day=12)
    app.extensions["clock"] = lambda: monday
    li, where = signed_in("li"), f"{speaker}/{notice.code}/script"
    for at in ("2026-10-12T07:00", "2026-10-12T10:30"):
        assert li.post(where, data={"aired_at": at}).status_code == 302
    assert li.post("/desk/outlets/airings/1/withdraw", data={"reason": "停电"}).status_code == 302
    assert "村广播" not in li.get("/desk/outlets/airings").text, "it is the only one"
    other = {**LOUD, "name": "河东广播", "village": str(zhangjia.id)}
    assert signed_in("zheng").post("/desk/outlets", data=other).status_code == 302
    kept, corrected = li.get("/desk/outlets/airings").text.split("更正过的登记")
    assert kept.count("村广播") == corrected.count("村广播") == 1


def test_who_sees_whether_a_loudspeaker_is_late_reads_its_log(signed_in, zhangjia, notice, speaker):
    for login, may_read in (("wu", True), ("sun", True), ("zhao", True), ("zhou", False)):
        browser = signed_in(login)
        assert ("张家村播音登记表" in _words(browser, "/desk/outlets/airings")) is may_read, login
        assert ("/desk/outlets/airings" in browser.get("/desk/coverage").text) is may_read, login
    assert "登记错了" not in signed_in("wu").get("/desk/outlets/airings").text


def test_from_the_script_it_is_one_step_to_the_log_and_to_the_slots(
    signed_in, notice, speaker, zhangjia
):
    li = signed_in("li")
    page = li.get(f"{speaker}/{notice.code}/script").text
    assert f'href="/desk/outlets/airings?place={zhangjia.id}"' in page
    assert f'href="{speaker}/slots"' in page
    assert f'href="{speaker}/slots"' in li.get(f"/desk/notices/{notice.code}").text
    assert 'href="/desk/outlets/airings"' in li.get("/desk/notices").text


def _words(browser, address):
    return re.sub(r"<[^>]+>|\s+", "", browser.get(address).text)


def test_a_log_without_loudspeakers_says_so(signed_in):
    assert "还没有登记广播" in signed_in("li").get("/desk/outlets/airings").text


def test_the_sound_file_is_made_by_the_townships_own_engine(
    app, signed_in, notice, speaker, tmp_path
):
    app.extensions["site"] = replace(app.extensions["site"], speech=an_engine(tmp_path))
    li, where = signed_in("li"), f"{speaker}/{notice.code}"
    page = li.get(f"{where}/script").text
    assert f'action="{where}/sound"' in page
    assert "里面只有中文" in page
    answer = li.post(f"{where}/sound", data={"once": "1"})
    assert answer.mimetype == "audio/wav"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert f"{notice.code}.1.wav" in answer.headers["Content-Disposition"]
    chinese = re.search(r"<pre[^>]*>(.*?)</pre>", li.get(f"{where}/script?once=1").text, re.DOTALL)[
        1
    ]
    with wave.open(BytesIO(answer.data)) as heard:
        seconds = heard.getnframes() // heard.getframerate()
    assert seconds == len([line for line in chinese.strip().splitlines() if "lang=" not in line])


@pytest.mark.parametrize(
    ("how", "words"), [("fails", "念稿子的程序出错了"), ("words", "没有写出声音文件")]
)
def test_an_engine_that_fails_leaves_the_page_with_the_reason(
    app, signed_in, notice, speaker, tmp_path, how, words
):
    app.extensions["site"] = replace(app.extensions["site"], speech=an_engine(tmp_path, how))
    refused = signed_in("li").post(f"{speaker}/{notice.code}/sound")
    assert (refused.status_code, words in refused.text) == (422, True)
    assert "张家村的乡亲们" in refused.text


def test_without_an_engine_no_sound_is_made(signed_in, notice, speaker):
    refused = signed_in("li").post(f"{speaker}/{notice.code}/sound")
    assert (refused.status_code, "没有接上" in refused.text) == (422, True)


def test_one_sound_is_made_at_a_time(app, signed_in, notice, speaker, tmp_path):
    app.extensions["site"] = replace(app.extensions["site"], speech=an_engine(tmp_path))
    with airings.sound_turn(""):
        busy = signed_in("li").post(f"{speaker}/{notice.code}/sound")
    assert (busy.status_code, busy.headers["Retry-After"]) == (429, "5")


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
def test_a_press_saves_the_sound_and_leaves_the_script_where_it_is(
    browser, app, notice, speaker, zhangjia, tmp_path
):
    app.extensions["site"] = replace(app.extensions["site"], speech=an_engine(tmp_path))
    with served(app) as address:
        page = open_desk(browser, address, "li", zhangjia.password)
        page.goto(f"{address}{speaker}/{notice.code}/script")
        with page.expect_download() as saved:  # its window closes by itself
            page.click("text=下载声音文件")
        with wave.open(str(saved.value.path())) as heard:
            assert heard.getnframes() > 0
        assert saved.value.suggested_filename == f"广播稿-{notice.code}.1.wav"
        assert page.locator("h1").text_content() == "广播稿"
