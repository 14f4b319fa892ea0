"""A form that is refused comes back as it was typed, with the reasons on top."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from inspect import signature
from typing import ParamSpec

from flask import Response
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import BulletinError, Refused

P = ParamSpec("P")
ABOUT_THE_PERSON = frozenset(
    {
        "not_your_role",
        "own_edit",
        "one_step_each",
        "own_force",
        "absent_edited",
        "absent_took_step",
    }
)


NO_TURN_LEFT = "no_turn_left"  # of what takes seconds


def sentences_of(error: BulletinError) -> list[str]:
    """Why not, one sentence for each reason."""
    if isinstance(error, Refused):
        return [refusal.sentence for refusal in error.refusals]
    return [error.args[0] if error.args else str(error)]


def http_status(error: BulletinError) -> HTTPStatus:
    """The status of a form that comes back: 403 when the person may not, 429 when too soon, 409 after a conflict."""
    if not isinstance(error, Refused):
        return HTTPStatus.CONFLICT
    if ABOUT_THE_PERSON & set(error.codes):
        return HTTPStatus.FORBIDDEN
    if {"sign_in_paused", NO_TURN_LEFT} & set(error.codes):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY


def refused_shows(
    page: Callable[..., str | Response], **values: str
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """A view that is refused shows a page instead, with the reasons and the status of `http_status`.

    Args:
        page: gets the reasons as `sentences`, and from the view's address whatever it has a
            parameter for. What was typed it reads from the request. `jsonify` answers a script.
        values: further arguments of the page, such as which of its forms was sent.
    """
    parameters = signature(page).parameters

    def decorate(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            try:
                return view(*args, **kwargs)
            except Refused as refused:
                address = {name: kwargs[name] for name in kwargs if name in parameters}
                shown = page(**address, **values, sentences=sentences_of(refused))
                again = {"Retry-After": "5"} if NO_TURN_LEFT in refused.codes else {}
                return shown, http_status(refused), again

        return checked

    return decorate
