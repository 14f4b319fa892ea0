"""A press that ends something asks once more, and says what will be over. Works without a script.

The first press of a view that is `confirmed` shows the consequence, with everything that its form sent; the
second press does it. `CONFIRMED` of tests/web/test_confirmations.py holds which acts ask: every form of the
desk is either there or says why it needs none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bulletin.services.notices.releases import released_at_once
from bulletin.web.form_words import ACTS
from bulletin.web.request_context import actor, now, site
from bulletin.web.stale_forms import is_own

P = ParamSpec("P")
SURE = "sure"  # the field that the second press sends


@dataclass(frozen=True)
class Consequence:
    """What a press would end, for the person who is about to do it."""

    question: str  # 重设李示例的密码？
    sentences: tuple[str, ...]  # what follows from it, one thing each
    act: str = ""  # what the button says; '' for the words of `form_words.ACTS`


def confirmed(
    consequence: Callable[P, Consequence | None],
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """A view whose first press asks.

    Args:
        consequence: gets what the view gets; None when this press ends nothing, and is done at once.
    """

    def decorate(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if request.form.get(SURE) == "yes":
                return view(*args, **kwargs)
            asked = consequence(*args, **kwargs)
            return view(*args, **kwargs) if asked is None else _question(asked)

        checked.asks_first = True  # type: ignore[attr-defined]
        return checked

    return decorate


def _question(asked: Consequence) -> ResponseReturnValue:
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    page = render_template(
        "desk/confirm.html",
        asked=asked,
        act=asked.act or ACTS[request.endpoint or ""],
        fields=fields,
        back=page_before(),
        now=now(),
    )
    return page, HTTPStatus.OK


def page_before() -> str:
    """The page of ours on which the button was pressed, for whoever thinks better of it; else the desk."""
    if not is_own():
        return "/desk"
    before = urlsplit(request.headers.get("Referer", ""))
    path = before.path if before.path.startswith(("/desk", "/account")) else "/desk"
    return f"{path}?{before.query}" if before.query else path


def released(code: str) -> Consequence | None:
    """Whether a notice goes out at once with this press; None when it does not."""
    return all_released((code,))


def all_released(codes: Iterable[str]) -> Consequence | None:
    """What goes out at once with this press; None when nothing does."""
    titles = released_at_once(site(), actor(), codes, now())
    if not titles:
        return None
    named = "、".join(f"“{title}”" for title in titles)
    sentences = (
        f"{named}马上公开，村民现在就看得到。",
        "公开以后不能收回，只能更正或者撤下，都会留下记录。",
    )
    return Consequence("立即发布？", sentences, "立即发布")
