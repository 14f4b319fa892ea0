"""打印包 on the desk: ordered, watched, opened."""

import threading
import time

from support.builders import a_notice
from support.clock import NOON


def _wait(browser, pack_id):
    for _ in range(100):
        said = browser.get(f"/desk/packs/{pack_id}").json
        if said["state"] != "running":
            _until_its_hand_is_gone()
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


def _until_its_hand_is_gone():
    """A cancelled pack's hand finishes the sheet that it holds."""
    for thread in threading.enumerate():
        if "make_ordered_pack" in thread.name:
            thread.join(10)
