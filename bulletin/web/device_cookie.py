"""The browser from which people signed in before: it stays open to them, whoever else tries their names.

A signed cookie, sent to the sign-in page alone. It proves nothing but the device: the password is still
asked for, and a new password makes the device unknown (`_password_mark` in `services/people/sign_in.py`).
"""

from datetime import timedelta

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from bulletin.services.people.record_tries import Device

COOKIE = "device"
KEPT_FOR = timedelta(days=400)  # the longest that browsers keep a cookie
MAX_PEOPLE = 20  # of one device, an office PC; the newest stay


def read() -> Device | None:
    """The device of this request; None when it has no cookie, or none that we signed."""
    try:
        device_id, people = _serializer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return None
    return Device(device_id, {int(person): mark for person, mark in people.items()})


def write(response: Response, device: Device) -> None:
    newest = dict(list(device.people.items())[-MAX_PEOPLE:])
    response.set_cookie(
        COOKIE,
        _serializer().dumps((device.id, newest)),
        max_age=KEPT_FOR,
        path="/sign-in",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="device")
