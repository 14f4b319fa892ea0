"""人员: who may sign in, with which roles; the administrator's room."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bulletin.domain.errors import refuse
from bulletin.domain.labels import Labelled
from bulletin.domain.pages import page_of
from bulletin.domain.people import VILLAGE_ROLES, Role
from bulletin.services.oversight.undelivered import undelivered
from bulletin.services.people import directory, invite, manage_accounts
from bulletin.services.people.directory import PersonLine
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.people.passwords import new_password
from bulletin.services.people.slip import slip
from bulletin.services.places.villages import village_choices
from bulletin.web.confirmations import confirmed
from bulletin.web.desk.inputs import day_of, row_id, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.people_endings import ends_all, ends_password, ends_role, ends_slip
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("people", __name__, url_prefix="/desk/people")


class PeopleTab(Labelled):
    TODAY = "now", "现在的"
    PAST = "past", "以前的"


administrator = for_roles(Role.ADMINISTRATOR)


@bp.get("")
@administrator
def people(*, sentences: Sequence[str] = ()) -> str:
    """Everyone with a role, or those of before; by village and by a part of the name."""
    everyone = directory.people(site(), actor(), now())
    past = len([line for line in everyone if not line.is_active])
    asked = ListQuery("people.people")
    tab = asked.tab("show", PeopleTab, PeopleTab.TODAY)
    villages = village_choices(site(), actor(), today())
    village_id = asked.village(villages, township="乡镇")
    names = {each.id: each.name for each in villages}
    place = "" if asked.of_township else names.get(village_id) if village_id else None
    words = asked.words().lower().split()
    shown = [line for line in everyone if line.is_active == (tab is PeopleTab.TODAY)]
    found = [line for line in shown if _matches(line, words, place)]
    return render_template(
        "desk/people.html",
        page=page_of(found, asked.number),
        asked=asked,
        past=past,
        missed={each.person_id: each.fault for each in undelivered(site(), actor(), now())},
        sentences=sentences,
        now=now(),
        **_choices(),
    )


def _matches(line: PersonLine, words: Sequence[str], place: str | None) -> bool:
    """Whether every word stands somewhere in the line, and a role is held at the place ('': township)."""
    held = "".join(
        each.village + each.role.label for each in (*line.roles, *line.coming, *line.past)
    )
    text = f"{line.name} {line.login} {line.phone} {held}".lower()
    return all(word in text for word in words) and (place is None or place in line.places)


def _choices() -> dict[str, object]:
    """What the forms about a role offer."""
    roles = [
        (role.value, role.label, role in VILLAGE_ROLES)
        for role in Role
        if role is not Role.COUNTY_OVERSEER
    ]
    villages = village_choices(site(), actor(), today())
    return {"role_choices": roles, "villages": villages, "today": today()}


@bp.post("")
@administrator
@refused_shows(people)
def add() -> ResponseReturnValue:
    """A person with a first role, and a slip to hand over, or a password to read out."""
    role = _role()
    new = NewPerson(
        login=typed("login"),
        name=typed("name"),
        role=role,
        village_id=_village_id(role),
        from_on=day_of(typed("from_on"), "任期的第一天") or today(),
        phone=typed("phone"),
        until_on=day_of(typed("until_on"), "任期的最后一天"),
    )
    one_time = new_password()
    person_id = manage_accounts.add_person(site(), actor(), new, one_time, now())
    if typed("how") == "password":
        return person(person_id, one_time=(typed("login").lower(), one_time))
    return _slip(person_id)


@bp.get("/<int:person_id>")
@administrator
def person(
    person_id: int, *, one_time: tuple[str, str] | None = None, sentences: Sequence[str] = ()
) -> str:
    """One person: roles from and until, phone, and how to sign in."""
    return render_template(
        "desk/person.html",
        person=directory.person(site(), actor(), person_id, now()),
        sentences=sentences,
        one_time=one_time,  # login and one-time password, shown this once
        now=now(),
        **_choices(),
    )


def _back(person_id: int, words: str) -> Response:
    flash(words)
    return redirect(url_for("people.person", person_id=person_id))


@bp.post("/<int:person_id>/appoint")
@administrator
@refused_shows(person)
def appoint(person_id: int) -> ResponseReturnValue:
    role = _role()
    from_on = day_of(typed("from_on"), "任期的第一天") or today()
    until_on = day_of(typed("until_on"), "任期的最后一天")
    manage_accounts.appoint(
        site(), actor(), person_id, role, _village_id(role), from_on, now(), until_on=until_on
    )
    return _back(person_id, "职务已登记。")


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


@bp.post("/<int:person_id>/roles/<int:appointment_id>/end")
@administrator
@refused_shows(person)
@confirmed(ends_role)
def end(person_id: int, appointment_id: int) -> ResponseReturnValue:
    until_on = day_of(typed("until_on"), "最后一天")
    manage_accounts.end_appointment(site(), actor(), appointment_id, now(), until_on=until_on)
    return _back(person_id, "最后一天已登记。" if until_on else "职务已终止。")


@bp.post("/<int:person_id>/leave")
@administrator
@refused_shows(person)
@confirmed(ends_all)
def leave(person_id: int) -> ResponseReturnValue:
    manage_accounts.end_person(site(), actor(), person_id, now())
    return _back(person_id, "账号已停用。")


@bp.post("/<int:person_id>/phone")
@administrator
@refused_shows(person)
def phone(person_id: int) -> ResponseReturnValue:
    """On which colleagues call; an administrator's stands on the page where one signs in."""
    manage_accounts.change_phone(site(), actor(), person_id, typed("phone"), now())
    return _back(person_id, "电话已登记。")


@bp.post("/<int:person_id>/password")
@administrator
@refused_shows(person)
@confirmed(ends_password)
def password(person_id: int) -> ResponseReturnValue:
    """A new one-time password, shown this once; every session of the person ends."""
    one_time = manage_accounts.reset_password(site(), actor(), person_id, now())
    line = directory.person(site(), actor(), person_id, now())
    return person(person_id, one_time=(line.login, one_time))


@bp.post("/<int:person_id>/invite")
@administrator
@refused_shows(person)
@confirmed(ends_password)
def invite_again(person_id: int) -> ResponseReturnValue:
    return _slip(person_id)


def _slip(person_id: int) -> str:
    """The slip with a fresh link, shown this once."""
    invitation = invite.invite(site(), actor(), person_id, now())
    base = site().public_url or request.host_url.rstrip("/")
    link = f"{base}{url_for('account.welcome', token=invitation.token)}"
    printed = slip(site(), actor(), person_id, invitation, link, now())
    return render_template("desk/slip.html", slip=printed, person_id=person_id, now=now())


@bp.post("/<int:person_id>/withdraw-invitation")
@administrator
@refused_shows(person)
@confirmed(ends_slip)
def withdraw_invitation(person_id: int) -> ResponseReturnValue:
    invite.withdraw_invitation(site(), actor(), person_id, now())
    return _back(person_id, "登录条已作废。")
