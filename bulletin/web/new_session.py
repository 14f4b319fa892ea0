"""How a browser becomes signed in, and to which page it goes then."""

from urllib.parse import quote, urlsplit

from flask import Response, current_app, make_response, redirect, request, session, url_for
from flask_login import current_user, login_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from bulletin.domain.people import Actor
from bulletin.services.people import sign_in as people_sign_in
from bulletin.services.people.record_tries import Device
from bulletin.web import device_cookie
from bulletin.web.guard import SignedIn
from bulletin.web.request_context import actor, now, site

DESK = "/desk"
NEXT = "next"  # the parameter that says where to go after the sign-in
QUERY = "=&%+/:,;@!$'()*~"  # what a query holds as it is


def signed_in(token: str, device: Device | None) -> Response:
    """A fresh session for a fresh sign-in, and a device that is known from now on."""
    response = goes_on(token)
    if current_user.is_authenticated:
        device_cookie.write(response, people_sign_in.device_after(site(), actor(), device))
    return response


def goes_on(token: str) -> Response:
    """A fresh session in this browser, on its way to the page that was asked for."""
    session.clear()
    known = people_sign_in.who(site(), token, now())
    if known is None:
        return make_response(redirect(url_for("account.sign_in")))
    session.permanent = True
    login_user(SignedIn(token, known))
    return make_response(redirect(_next(known.actor)))


def _next(person: Actor) -> str:
    """Back to the page that asked for the sign-in, when it is one that opens for the person.

    Whatever else stands there, an address of another site, one that takes forms only, none at all,
    leads to the desk.
    """
    adapter = current_app.create_url_adapter(request)
    try:
        asked = urlsplit(request.args.get(NEXT, ""))
        if asked.scheme or asked.netloc or adapter is None:
            return DESK
        endpoint, values = adapter.match(asked.path, method="GET")
        roles = getattr(current_app.view_functions[endpoint], "guard", ())
        if roles == "public" or not person.roles & set(roles):
            return DESK
        path = url_for(endpoint, **values)
    except (ValueError, HTTPException, RoutingException):
        return DESK
    return f"{path}?{quote(asked.query, safe=QUERY)}" if asked.query else path
