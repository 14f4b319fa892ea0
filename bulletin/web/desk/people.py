"""人员: who may sign in, with which roles; the administrator's room."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.people import VILLAGE_ROLES, Role
from bulletin.services.oversight.undelivered import undelivered
from bulletin.services.people import manage_accounts
from bulletin.services.people.directory import people as everyone
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.people.passwords import new_password
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import row_id, typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("people", __name__, url_prefix="/desk/people")


@bp.get("")
@for_roles(Role.ADMINISTRATOR)
def people(*, one_time: tuple[str, str] | None = None, sentences: Sequence[str] = ()) -> str:
    return render_template(
        "desk/people.html",
        people=everyone(site(), actor(), now()),
        missed={each.person_id: each.fault for each in undelivered(site(), actor(), now())},
        role_choices=[
            (role.value, role.label, role in VILLAGE_ROLES)
            for role in Role
            if role is not Role.COUNTY_OVERSEER
        ],
        villages=village_choices(site(), actor(), today()),
        sentences=sentences,
        one_time=one_time,  # login and one-time password, shown this once
        now=now(),
    )


@bp.post("")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(people)
def add() -> ResponseReturnValue:
    """A person with a one-time password and a first role."""
    one_time = new_password()
    role = _role()
    new = NewPerson(typed("login"), typed("name"), role, _village_id(role), today(), typed("phone"))
    manage_accounts.add_person(site(), actor(), new, one_time, now())
    return people(one_time=(typed("login").lower(), one_time))


@bp.post("/<int:person_id>/appoint")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(people)
def appoint(person_id: int) -> ResponseReturnValue:
    role = _role()
    manage_accounts.appoint(site(), actor(), person_id, role, _village_id(role), today(), now())
    flash("职务已登记，今天起有效。")
    return redirect(url_for("people.people"))


def _role() -> Role:
    try:
        return Role(typed("role"))
    except ValueError:
        raise refuse("no_role_chosen", "请选职务。") from None


def _village_id(role: Role) -> int | None:
    """A liaison may belong to a village or to the township; other roles say which by themselves."""
    if role not in VILLAGE_ROLES or typed("village") == "township":
        return None
    chosen = request.form.get("village", type=row_id)
    if chosen is None:
        raise refuse("no_place_chosen", "请选哪个村；乡镇的信息员选“乡镇”。")
    return chosen


@bp.post("/appointments/<int:appointment_id>/end")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(people)
def end(appointment_id: int) -> ResponseReturnValue:
    manage_accounts.end_appointment(site(), actor(), appointment_id, now())
    flash("职务已终止。")
    return redirect(url_for("people.people"))


@bp.post("/<int:person_id>/phone")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(people)
def phone(person_id: int) -> ResponseReturnValue:
    """On which colleagues call; an administrator's stands on the page where one signs in."""
    manage_accounts.change_phone(site(), actor(), person_id, typed("phone"), now())
    flash("电话已登记。")
    return redirect(url_for("people.people"))


@bp.post("/<int:person_id>/password")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(people)
def password(person_id: int) -> ResponseReturnValue:
    """A new one-time password, shown this once; every session of the person ends."""
    one_time = manage_accounts.reset_password(site(), actor(), person_id, now())
    login = next(p.login for p in everyone(site(), actor(), now()) if p.id == person_id)
    return people(one_time=(login, one_time))
