"""订阅: how to hear of what a place publishes, and a reader's own page behind a secret address.

Readers have no cookie, so no form here needs a token against other sites: whoever knows the address of
the page may do all that it offers.
"""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.catalog.items import Group
from bulletin.domain.errors import NotFoundError
from bulletin.domain.open_data.feeds import FeedForm
from bulletin.services.public.feed_files import feed_file
from bulletin.services.subscriptions import follow_page, manage_subscriptions, page, private_feed
from bulletin.services.subscriptions.manage_subscriptions import NewSubscription
from bulletin.web.desk.inputs import row_id
from bulletin.web.downloads import revalidated
from bulletin.web.guard import public
from bulletin.web.languages import language
from bulletin.web.public.feeds import MEDIA_TYPES
from bulletin.web.rate_limits import limiter
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of, link
from bulletin.web.request_context import network, now, public_root, site
from bulletin.web.sent_forms import kept_nowhere

bp = Blueprint("subscriptions", __name__)
FORMS = f"any({FeedForm.ATOM}, {FeedForm.JSON}, {FeedForm.CLOSING_DAYS}):form"


@bp.after_request
def _keep_private(response: Response) -> Response:
    """The address is the key: it goes to no other site, cache or search engine."""
    if "token" in (request.view_args or {}):
        response.headers["Referrer-Policy"] = "no-referrer"
        return kept_nowhere(response)
    return response


def _follow_page(code: str, sentences: Sequence[str] = ()) -> str:
    about = request.values.get("about", "")
    return render_template(
        "public/follow.html",
        page=follow_page.follow_page(site(), code, now(), about=about),
        groups=labels_of(Group),
        typed=request.form,
        sent="sent" in request.args,
        sentences=sentences,
        now=now(),
    )


@bp.get("/V/<code>/follow")
@public
def follow(code: str) -> str:
    """How to hear of what a village, or the township itself, publishes."""
    return _follow_page(code)


@bp.post("/V/<code>/follow")
@limiter.limit("30 per hour", key_func=network)
@public
@refused_shows(_follow_page)
def subscribe(code: str) -> ResponseReturnValue:
    """Ask for letters, or for a feed of one's own."""
    form = request.form
    by_mail = form.get("way") != "feed"
    group = form.get("group", "")
    new = NewSubscription(
        place=code,
        mail=(form.get("mail", "").strip() or "?") if by_mail else "",
        with_villages="with_villages" in form,
        group=Group(group) if group in set(Group) else None,
        about=form.get("about", ""),
        word=form.get("word", ""),
        language=language().tag,
    )
    token = manage_subscriptions.subscribe(site(), new, now())
    if token:
        return redirect(link("subscriptions.own", token=token), HTTPStatus.SEE_OTHER)
    return redirect(link("subscriptions.follow", code=code, sent=1), HTTPStatus.SEE_OTHER)


@bp.get("/follow/<token>")
@public
def own(token: str) -> str:
    """A reader's own page."""
    return render_template(
        "public/subscriber.html",
        page=page.subscriber_page(site(), token, now()),
        root=public_root(),
        now=now(),
    )


@bp.post("/follow/<token>")
@public
def change(token: str) -> ResponseReturnValue:
    """Confirm what was asked for, end one subscription, or end all (also a mail program's one click)."""
    if request.form.get("act") == "confirm":
        manage_subscriptions.confirm(site(), token, now())
        return redirect(link("subscriptions.own", token=token), HTTPStatus.SEE_OTHER)
    chosen = request.form.get("subscription")  # without one, all
    try:
        which = row_id(chosen) if chosen else None
        left = manage_subscriptions.end_subscription(site(), token, which)
    except ValueError:  # no subscription of ours: nothing is ended
        left = True
    except NotFoundError:  # pressed twice
        left = False
    if left:
        return redirect(link("subscriptions.own", token=token), HTTPStatus.SEE_OTHER)
    return render_template("public/unsubscribed.html", now=now())


@bp.get(f"/follow/<token>/feed.<{FORMS}>")
@public
def own_feed(token: str, form: str) -> Response:
    """All that a reader asked for, as a feed."""
    feed = private_feed.private_feed(site(), token, now(), public_root())
    shape = FeedForm(form)
    return revalidated(Response(feed_file(feed, shape), mimetype=MEDIA_TYPES[shape]))
