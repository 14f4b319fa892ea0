"""设置: one's own reminders, calendar and password; the administrator's people, villages and catalog."""

from flask import Blueprint, render_template

from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now

bp = Blueprint("settings", __name__, url_prefix="/desk/settings")


@bp.get("")
@staff
def settings() -> str:
    return render_template("desk/settings.html", person=actor(), now=now())
