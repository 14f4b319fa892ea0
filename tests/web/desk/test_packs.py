"""打印包 on the desk: ordered, watched, opened."""

import time
from dataclasses import replace

from support.builders import a_notice
from support.clock import NOON

from bulletin.workers.in_process import InProcessQueue


def _wait(browser, pack_id):
    for _ in range(100):
        said = browser.get(f"/desk/packs/{pack_id}").json
        if said["state"] != "running":
            return said
        time.sleep(0.1)
    raise AssertionError(said)


def test_a_pack_is_made_in_the_background_and_opened(signed_in, zhangjia):
    a_notice(zhangjia, NOON).approved()
    browser = signed_in("li")
    answer = browser.post("/desk/packs", data={"board": zhangjia.boards[0]})
    assert "/desk/packs#pack-1" in answer.location
    assert _wait(browser, 1) == {"state": "done", "done": 1, "total": 1}
    page = browser.get("/desk/packs").text
    assert "做好了" in page
    assert browser.get("/desk/packs/1.pdf").mimetype == "application/pdf"
    assert "打印要贴的" in browser.get("/desk/boards").text


def test_another_liaison_sees_none_of_it(signed_in, zhangjia):
    li = signed_in("li")
    li.post("/desk/packs", data={"board": zhangjia.boards[0]})
    _wait(li, 1)
    zhou = signed_in("zhou")
    assert zhou.get("/desk/packs/1").status_code == 404
    assert zhou.post("/desk/packs/1/cancel").status_code == 404


def test_of_a_place_that_is_not_there_no_pack_is_made(signed_in):
    tian = signed_in("tian")
    for place in ("village", "board"):
        assert tian.post("/desk/packs", data={place: 99999}).status_code == 404


def test_a_running_pack_can_be_stopped(signed_in, zhangjia):
    browser = signed_in("li")
    browser.post("/desk/packs", data={"which": "all", "paper": "a3"})
    browser.post("/desk/packs/1/cancel")
    assert _wait(browser, 1)["state"] in {"cancelled", "done"}


class _NobodysQueue(InProcessQueue):
    """Takes what is ordered, and nobody does it."""

    def __init__(self):
        self.asked = 0

    def defer(self, job, run, *, wait=0.0):
        pass

    def fault(self):
        self.asked += 1
        return "no `bulletin worker` is running, 1 jobs wait"


def test_whether_anybody_works_is_asked_while_a_pack_is_made_and_said_in_words(
    app, signed_in, zhangjia
):
    queue = _NobodysQueue()
    app.extensions["site"] = replace(zhangjia.site, queue=queue)
    browser = signed_in("li")
    browser.get("/desk/packs")
    assert queue.asked == 0
    browser.post("/desk/packs", data={"board": zhangjia.boards[0]})
    page = browser.get("/desk/packs").text
    assert queue.asked == 1
    assert "做打印包的程序没有开着，请告诉管理员" in page
    assert "进程" not in page
