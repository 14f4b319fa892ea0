"""The resident's pages: no login, no script, no cookies."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, g, redirect, render_template
from flask.typing import ResponseReturnValue

from bulletin.domain.catalog.items import Group
from bulletin.domain.codes import Scan, TypedCode
from bulletin.services.places.phones import office_phones
from bulletin.services.public import front_pages, notice_page, place_pages, public_files
from bulletin.services.public.page_values import CountyPage, ListPage, TownshipPage
from bulletin.services.public.public_files import PublicFile
from bulletin.web.downloads import attached_file, revalidated, shown_file
from bulletin.web.guard import public
from bulletin.web.page_cache import Opening
from bulletin.web.rate_limits import WINDOW, count_miss, has_guessed_enough
from bulletin.web.rendering import with_big
from bulletin.web.request_context import now, public_root, site
from bulletin.web.stored_pages import NOINDEX, Drawn, stored

bp = Blueprint("public", __name__)
MAX_TYPED = 200  # characters of what is typed
GROUPS = f"any({', '.join(Group)}):group"
ROBOTS = """User-agent: *
Disallow: /account
Disallow: /check
Disallow: /desk
Disallow: /find
Disallow: /follow/
Disallow: /receipt
Disallow: /sign-in
"""


@bp.app_context_processor
def site_words() -> dict[str, object]:
    """What every page says of the site: whether all is invented, and where it is on the web."""
    is_demo, printed_at, as_of = (
        front_pages.is_demo(site()),
        g.get("printed_at"),
        g.get("as_of", ""),
    )
    return {
        "demo": is_demo,
        "public_root": public_root(),
        "printed_at": printed_at,
        "known_as_of": as_of,  # what pages of the desk call as_of is a day that was asked for
    }


@bp.get("/")
@public
@stored
def front() -> Drawn:
    page = front_pages.front_page(site(), now())
    kind = "county" if isinstance(page, CountyPage) else "township"
    return _front(kind, page)


def _front(kind: str, page: TownshipPage | CountyPage) -> Drawn:
    """It says whether the clock is alive, and must not say so when it no longer is."""
    text = render_template(f"public/{kind}.html", page=page, now=now())
    return Drawn(text=text, until=front_pages.pulse_until(page, now()))


@bp.get("/T/<code>")
@public
@stored
def township(code: str) -> Drawn:
    """A township of a county, with its villages."""
    return _front("township", front_pages.township_page(site(), code, now()))


def tail_of(asked: TypedCode) -> str | None:
    """The tail of the address meant. Digits can be guessed: who guessed too much finds listed ones only."""
    return notice_page.find(site(), asked, now(), only_listed=has_guessed_enough())


@bp.get("/V/<code>")
@public
@stored
def village(code: str) -> str:
    page = place_pages.village_page(site(), code, now())
    return render_template("public/village.html", page=page, now=now())


@bp.get("/V/<code>/current/<int:number>")
@public
@stored
def current_list(code: str, number: int) -> str:
    """A further page of what is on display."""
    return _list_page(place_pages.list_page(site(), code, now(), number=number))


@bp.get("/V/<code>/<int:year>")
@bp.get("/V/<code>/<int:year>/<int:number>")
@public
@stored
def year_list(code: str, year: int, number: int = 1) -> str:
    """What a place published in a year. Each page has an address of its own, for the plain-file copy."""
    return _list_page(place_pages.list_page(site(), code, now(), year=year, number=number))


@bp.get(f"/V/<code>/<{GROUPS}>")
@bp.get(f"/V/<code>/<{GROUPS}>/<int:number>")
@public
@stored
def group_list(code: str, group: str, number: int = 1) -> str:
    """What a place ever published of a class, the newest first."""
    page = place_pages.list_page(site(), code, now(), group=Group(group), number=number)
    return _list_page(page)


def _list_page(page: ListPage) -> str:
    return render_template("public/list.html", page=page, now=now())


@bp.get("/N/")
@public
def no_code() -> ResponseReturnValue:
    return _unknown("", TypedCode())


@bp.get("/N/<tail>")
@public
@stored
def notice(tail: str) -> ResponseReturnValue | Drawn:
    """The page of a code, as scanned (`CODE.EDITION[.PAGE]`) or as typed (`CODE`)."""
    asked = TypedCode.read(tail)
    if asked.notice_code is None:
        code = tail_of(asked)
        return redirect(with_big(f"/N/{code}")) if code else _unknown(tail, asked)
    scanned = asked.scan is not None
    scan = asked.scan or Scan(asked.notice_code, 1)
    page = notice_page.notice_page(site(), scan, scanned=scanned, now=now())
    if page is None:
        return _unknown(scan.tail, asked)
    canonical = scan.tail if scanned else scan.code
    if tail != canonical:
        return redirect(with_big(f"/N/{canonical}"))
    text = render_template("public/notice.html", page=page, now=now())
    opens = Opening(scan.code, scanned=scanned)
    return Drawn(text=text, headers=NOINDEX if page.personal else {}, opens=opens)


def unknown(typed: str) -> ResponseReturnValue:
    """The answer to a code that leads to nothing that may be read."""
    return _unknown(typed, TypedCode.read(typed))


def _unknown(typed: str, asked: TypedCode) -> ResponseReturnValue:
    if (lost := notice_page.lost_page(site(), asked)) is not None:
        return render_template("public/lost.html", page=lost, now=now())
    if not count_miss(typed):
        return refused(typed)
    page = front_pages.front_page(site(), now())
    text = render_template("public/not_found.html", page=page, typed=typed, now=now())
    return text, HTTPStatus.NOT_FOUND


def refused(typed: str) -> ResponseReturnValue:
    """Too much was asked for in vain; when to try again, and whom to call meanwhile."""
    phones = office_phones(site())
    text = render_template("public/refused.html", typed=typed, phones=phones, now=now())
    seconds = str(int(WINDOW.total_seconds()))
    return text, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": seconds}


@bp.get("/N/<code>/paper.pdf")
@public
def paper(code: str) -> ResponseReturnValue:
    """The sheet of the edition in force, as it was printed."""
    asked = TypedCode.read(code)
    sheet = public_files.public_sheet(site(), asked.code, now()) if asked.code else None
    if sheet is None:
        return _unknown(code, asked)
    return revalidated(_of_residents(sheet, shown_file))


@bp.get("/F/<code>/<digest>/<name>")
@public
def file(code: str, digest: str, name: str) -> ResponseReturnValue:  # noqa: ARG001 - for the browser
    """A picture or attachment, while the notice may be read, under its own name."""
    attachment = public_files.public_file(site(), code, digest, now())
    if attachment is None:
        return _unknown(code, TypedCode.read(code))
    return revalidated(_of_residents(attachment, attached_file))


def _of_residents(file: PublicFile, answer: Callable[[bytes, str, str], Response]) -> Response:
    response = answer(file.data, file.media_type, file.name)
    if file.personal:
        response.headers.update(NOINDEX)
    return response


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """Search engines read what residents read, and nothing that is behind a form or a sign-in.

    A list of people is not named here: it says noindex itself, which must be read to be heard.
    """
    return Response(ROBOTS, mimetype="text/plain")
