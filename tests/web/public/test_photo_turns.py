"""A few photographs of residents are read at a time, of all pages together."""

import re
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO

import pytest
from support.clock import NOON
from support.feedback import a_photo

from bulletin.web.public.photo_turns import MOST, photo_turn

ASK = "/V/630223202214/ask"


def _send(app, resident, path):
    """A photograph, in the form of a page that was opened before."""
    typed = {}
    if path == ASK:
        app.extensions["clock"] = lambda: NOON
        token = re.search(r'name="token" value="([^"]+)"', resident.get(ASK).text)[1]
        typed = {"token": token, "kind": "question", "words": "路灯花了多少？"}
        app.extensions["clock"] = lambda: NOON + timedelta(seconds=20)
    return resident.post(path, data={"photo": (BytesIO(a_photo()), "灯.jpg"), **typed})


@pytest.mark.parametrize(
    ("path", "busy", "status"),
    [
        ("/check", "请过几秒再传一次，或者把纸上的编号和指纹输进来", 200),
        ("/check/board", "请过几秒再传一次", 303),
        (ASK, "请过几秒再按一次提交，或者不附照片", 200),
    ],
)
def test_when_all_turns_are_taken_pages_are_answered_and_photographs_asked_for_again(
    app, resident, zhangjia, path, busy, status
):
    with ExitStack() as turns:
        for _ in range(MOST):
            turns.enter_context(photo_turn(""))
        answer = _send(app, resident, path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
        assert busy in answer.text
        assert resident.get(path).status_code == 200
    assert _send(app, resident, path).status_code == status
