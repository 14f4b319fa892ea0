"""Every route is public or guarded by role; the start fails for one that is neither."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user

from bulletin.domain.people import Role
from bulletin.services.people import sign_in
from bulletin.services.people.sign_in import OpenSession
from bulletin.web.request_context import now, site

P = ParamSpec("P")
R = TypeVar("R")
logins = LoginManager()
FIRST_PAGE = "account.password"  # of one who must change a password that others know


class SignedIn(UserMixin):  # type: ignore[misc]  # (Flask-Login has no types)
    """A session of a browser; its id is the session's token."""

    def __init__(self, token: str, known: OpenSession) -> None:
        self.id = token
        self.actor = known.actor
        self.must_change = known.must_change


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Open to everyone, without a cookie."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def for_roles(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open to people who hold one of the roles anywhere; the act checks for which village."""

    def guarded(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            if not current_user.is_authenticated:
                if request.is_json or request.headers.get("X-CSRFToken"):
                    abort(
                        HTTPStatus.UNAUTHORIZED
                    )  # a script can't sign in; its page asks the person
                return logins.unauthorized()  # type: ignore[no-any-return]
            if current_user.must_change and request.endpoint != FIRST_PAGE:
                return redirect(_first_page())  # type: ignore[return-value]
            if not current_user.actor.roles & set(roles):
                abort(HTTPStatus.FORBIDDEN)
            return view(*args, **kwargs)

        checked.guard = roles  # type: ignore[attr-defined]
        return checked

    return guarded


def _first_page() -> str:
    """Where the own password is set, and from there on to the page that was asked for."""
    asked = request.full_path.rstrip("?") if request.method == "GET" else None
    return url_for(FIRST_PAGE, next=asked)


staff = for_roles(*Role)


def install(app: Flask) -> None:
    logins.session_protection = None  # phones change their address; the token is what counts
    logins.login_view = "account.sign_in"
    logins.login_message = "请先登录。"
    logins.login_message_category = "note"  # nothing was done
    logins.user_loader(_load)
    logins.init_app(app)


def _load(token: str) -> SignedIn | None:
    known = sign_in.who(site(), token, now())
    return SignedIn(token, known) if known is not None else None


def ensure_guarded(app: Flask) -> None:
    """Refuse to start when a route is neither public nor guarded."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint != "static" and not hasattr(view, "guard"):
            raise RuntimeError(f"route {rule.rule} ({rule.endpoint}) is neither public nor guarded")
