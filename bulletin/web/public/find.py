"""The one box of residents: a code leads to its notice, a name to its village, other words to what has them."""

import re
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.catalog.items import Group
from bulletin.domain.codes import CODE_LENGTH, DIGITS_LENGTH, TypedCode
from bulletin.services.public.search.page import SearchPage, Within, search_page
from bulletin.services.public.search.straight import straight_to
from bulletin.web.guard import public
from bulletin.web.public.pages import MAX_TYPED, tail_of, unknown
from bulletin.web.rendering import labels_of, link, with_big
from bulletin.web.request_context import now, site
from bulletin.web.stored_pages import NOINDEX, Drawn, stored

bp = Blueprint("find", __name__)
# One character of a code may have been typed wrong: it is no word that a text could have.
_LIKE_A_CODE = re.compile(
    rf"[2-9]\d{{{DIGITS_LENGTH - 1}}}|(?=.*\d)(?=.*[A-Z])[0-9A-Z]{{{CODE_LENGTH}}}"
)


@bp.get("/find")
@public
@stored
def find() -> ResponseReturnValue | Drawn:
    """Each page of what was found has an address of its own, so that it can be sent on."""
    typed = request.args.get("q", "").strip()[:MAX_TYPED]
    narrowed = _narrowed()
    if typed and (answer := _straight(typed)) is not None:
        return answer
    if not typed and narrowed in (Within(), Within(place=narrowed.place)):
        return redirect(with_big(f"/V/{narrowed.place}" if narrowed.place else "/"))
    number = request.args.get("page", type=int)
    page = search_page(site(), typed, narrowed, now(), number=number)
    text = _rendered(page, typed)
    if not page.count and not page.reports:  # what finds nothing takes no room from what is read
        return text, HTTPStatus.OK, NOINDEX
    return Drawn(text=text, headers=NOINDEX)


def _straight(typed: str) -> ResponseReturnValue | None:
    """The page that a code, a register number or a village's name leads to, or that says that it is unknown."""
    asked = TypedCode.read(typed)
    if tail := tail_of(asked):
        return redirect(with_big(f"/N/{tail}"))
    joined = re.sub(r"[\s\-–—]", "", typed).upper()
    if asked != TypedCode() or _LIKE_A_CODE.fullmatch(joined):
        return unknown(typed)
    address = straight_to(site(), typed, now())
    return redirect(with_big(address)) if address else None


def _narrowed() -> Within:
    group = request.args.get("class", "")
    return Within(
        place=request.args.get("in", "")[:MAX_TYPED],
        group=Group(group) if group in set(Group) else None,
        year=request.args.get("year", type=int),
    )


def _rendered(page: SearchPage, typed: str) -> str:
    asked = {
        "q": typed,
        "in": page.narrowed.place or None,
        "class": page.narrowed.group,
        "year": page.narrowed.year,
    }

    def other(**changed: str | int | None) -> str:
        """The same search otherwise narrowed, or another page of it."""
        return link("find.find", **{**asked, **changed})

    return render_template(
        "public/found.html",
        page=page,
        typed=typed,
        other=other,
        groups=labels_of(Group),
        now=now(),
    )
