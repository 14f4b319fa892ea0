"""Signing in and out, one's own password, calendar and reminders."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from bulletin.domain.contacts.methods import ContactMethod
from bulletin.domain.errors import Refused, refuse
from bulletin.services.desk import calendar_feed
from bulletin.services.people import change_contact, invite
from bulletin.services.people import sign_in as people_sign_in
from bulletin.services.people.directory import administrators
from bulletin.services.people.record_tries import Origin, SignInPaused
from bulletin.web import device_cookie
from bulletin.web.confirmations import Consequence, confirmed
from bulletin.web.guard import public, staff
from bulletin.web.new_session import goes_on, signed_in
from bulletin.web.rate_limits import limited
from bulletin.web.refusals import refused_shows, sentences_of
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, network, now, site

bp = Blueprint("account", __name__)


class SignInForm(FlaskForm):  # type: ignore[misc]  # (Flask-WTF has no types)
    login = StringField("用户名或手机号", [InputRequired("请填用户名或手机号。")])
    password = PasswordField("密码", [InputRequired("请填密码。")])


class FirstPasswordForm(FlaskForm):  # type: ignore[misc]
    new = PasswordField("新密码", [InputRequired("请填新密码。")])
    again = PasswordField("再写一遍新密码", [InputRequired("请把新密码再写一遍。")])


class PasswordForm(FirstPasswordForm):
    old = PasswordField("现在的密码", [InputRequired("请填现在的密码。")])


def _sign_in_page(*, sentences: Sequence[str]) -> str:
    form = SignInForm(request.form)
    return render_template(
        "account/sign_in.html",
        form=form,
        sentences=sentences,
        administrators=administrators(site(), now()),
    )


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@refused_shows(_sign_in_page)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(request.form)
    if not form.validate_on_submit():
        return _sign_in_page(sentences=_errors(form)), _form_status(form)
    origin = Origin(network(), device_cookie.read())
    try:
        token = people_sign_in.sign_in(site(), form.login.data, form.password.data, now(), origin)
    except SignInPaused as paused:
        wait = {"Retry-After": str(paused.seconds)}
        return _sign_in_page(sentences=sentences_of(paused)), HTTPStatus.TOO_MANY_REQUESTS, wait
    return signed_in(token, origin.device)


def _errors(form: FlaskForm) -> list[str]:
    return [sentence for sentences in form.errors.values() for sentence in sentences]


def _form_status(form: FlaskForm) -> HTTPStatus:
    """Of a form that was not sent yet, or not filled in as it must be."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    if current_user.is_authenticated:
        people_sign_in.sign_out(site(), current_user.id, now())
        logout_user()
        session.clear()
    return redirect("/sign-in")


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> ResponseReturnValue:
    """A slip was scanned: its person sets the own password, and is signed in."""
    try:
        invited = invite.invited(site(), token, now())
    except Refused as refused:
        page = render_template(
            "account/welcome.html", invited=None, sentences=sentences_of(refused)
        )
        return page, HTTPStatus.GONE
    form, sentences = FirstPasswordForm(request.form), []
    if form.validate_on_submit():
        try:
            ensure_alike(form)
            session_token = invite.accept(site(), token, form.new.data, now())
            return signed_in(session_token, device_cookie.read())
        except Refused as refused:
            sentences = sentences_of(refused)
    sentences = sentences or _errors(form)
    page = render_template("account/welcome.html", invited=invited, form=form, sentences=sentences)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if sentences else HTTPStatus.OK


def ensure_alike(form: FirstPasswordForm) -> None:
    if form.new.data != form.again.data:
        raise refuse("passwords_differ", "两遍新密码不一样。")


def _password_form() -> FirstPasswordForm:
    """Whoever signed in with a one-time password has just typed it."""
    kind = FirstPasswordForm if current_user.must_change else PasswordForm
    return kind(request.form)


def _password_page(*, sentences: Sequence[str]) -> str:
    return render_template("account/password.html", form=_password_form(), sentences=sentences)


@bp.route("/account/password", methods=["GET", "POST"])
@staff
@refused_shows(_password_page)
def password() -> ResponseReturnValue:
    form = _password_form()
    if not form.validate_on_submit():
        return _password_page(sentences=_errors(form)), _form_status(form)
    ensure_alike(form)
    if current_user.must_change:
        return goes_on(people_sign_in.choose_password(site(), actor(), form.new.data, now()))
    people_sign_in.change_password(site(), actor(), form.old.data, form.new.data, now())
    session.clear()
    flash("密码已经改好，请用新密码登录。")
    return redirect("/sign-in")


@bp.get("/account/calendar")
@staff
def calendar() -> str:
    """The private address of one's calendar, and how to add it to a phone."""
    token = calendar_feed.calendar_token(site(), actor())
    base = site().public_url or request.host_url.rstrip("/")
    address = f"{base}{url_for('account.calendar_file', token=token)}" if token else ""
    subscribe = f"webcal://{address.partition('://')[2]}"  # what a phone's calendar listens to
    return render_template("account/calendar.html", address=address, subscribe=subscribe)


def _ends_address() -> Consequence | None:
    if not calendar_feed.calendar_token(site(), actor()):
        return None
    sentences = ("加进手机的旧地址马上不能用，日历不再更新。", "新地址要重新加进手机。")
    return Consequence("换一个新的日历地址？", sentences)


@bp.post("/account/calendar")
@staff
@confirmed(_ends_address)
def renew_calendar() -> ResponseReturnValue:
    """A new address; the old one is no longer answered."""
    before = calendar_feed.calendar_token(site(), actor())
    change_contact.renew_calendar(site(), actor(), now())
    flash("日历地址已经换成新的，旧的不能再用。" if before else "日历地址有了，加进手机就会提醒。")
    return redirect(url_for("account.calendar"))


@bp.get("/calendar/<token>.ics")
@public
def calendar_file(token: str) -> Response:
    """What a phone's calendar asks for, again and again; the address is the key."""
    response = Response(calendar_feed.calendar_of(site(), token, now()), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/account/reminders")
@staff
def reminders(*, sentences: Sequence[str] = ()) -> str:
    """How one is reached."""
    return render_template(
        "account/reminders.html",
        contacts=change_contact.contact_lines(site(), actor()),
        ways=labels_of(ContactMethod),
        plan=site().reminders,
        sentences=sentences,
    )


@bp.post("/account/reminders")
@staff
@refused_shows(reminders)
def add_contact() -> ResponseReturnValue:
    method = request.form.get("way", "")
    if method not in set(ContactMethod):
        raise refuse("way_missing", "请选用什么方式提醒。")
    address = request.form.get("address", "")
    change_contact.add_contact(site(), actor(), ContactMethod(method), address, now())
    flash("记下了。试发一条，看收得到收不到。")
    return redirect(url_for("account.reminders"))


@bp.post("/account/reminders/<int:contact_id>/try")
@staff
@limited("10 per hour")
def try_contact(contact_id: int) -> Response:
    """One message, to see whether it arrives."""
    delivered = change_contact.try_contact(site(), actor(), contact_id)
    if delivered:
        flash("试发了一条，请看手机。")
    else:
        flash("没有送到，请检查地址，或者请管理员看看网络。", "note")
    return redirect(url_for("account.reminders"))


@bp.post("/account/reminders/<int:contact_id>/remove")
@staff
def remove_contact(contact_id: int) -> Response:
    change_contact.remove_contact(site(), actor(), contact_id, now())
    flash("去掉了。")
    return redirect(url_for("account.reminders"))
