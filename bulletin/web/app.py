"""The web application, put together."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from bulletin.domain.feedback.forms import MAX_SENT, SENT_SPAN
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.services.site import Site
from bulletin.web import (
    access_log,
    account,
    compression,
    desk,
    editor_script,
    errors,
    guard,
    health,
    kept_answers,
    letter_case,
    moved_pages,
    new_session,
    public,
    rendering,
    style_sheets,
)
from bulletin.web import languages as page_languages
from bulletin.web.desk.inputs import MAX_ROW_ID
from bulletin.web.large_requests import MAX_REQUEST_BYTES
from bulletin.web.page_cache import PageCache
from bulletin.web.public import (
    apply,
    ask,
    board_check,
    dialogue,
    paper_check,
    reading_counter,
    subscriptions,
)
from bulletin.web.quiet_sessions import QuietSessions
from bulletin.web.rate_limits import MissCounter, limiter
from bulletin.web.request_context import is_of_staff, read_clock

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' blob: data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
CONFIG = {
    "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=1),
    "WTF_CSRF_TIME_LIMIT": None,  # a form may lie open for hours; the session's end is its end
    "RATELIMIT_ENABLED": True,
    "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
}

csrf = CSRFProtect()


def create_app(
    site: Site,
    *,
    templates: Path,
    secret: bytes,
    languages: Iterable[Language] = (CHINESE,),
    behind_proxy: bool = False,
    insecure_cookies: bool = False,
    clock: Callable[[], datetime] = read_clock,
) -> Flask:
    """The application for one site.

    Args:
        templates: the folder `templates/web`; its `static` is served at /static.
        secret: signs forms and session cookies.
        languages: in which residents' pages can be read.
        behind_proxy: trust the X-Forwarded headers of one proxy.
        insecure_cookies: send session cookies without HTTPS.
        clock: tells the time, once per request.
    """
    app = Flask("bulletin", template_folder=str(templates), static_folder=str(templates / "static"))
    app.config.update(SECRET_KEY=secret, SESSION_COOKIE_SECURE=not insecure_cookies)
    app.config.update(_config_of(site))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # one Chinese character, not six
    app.extensions |= {"site": site, "clock": clock, "page_cache": PageCache()}
    app.session_interface = QuietSessions()
    app.url_map.strict_slashes = False  # typed in, /desk/ is /desk
    app.url_map.converters["int"] = RowId
    page_languages.install(app, languages)
    _install_parts(app)
    guard.ensure_guarded(app)
    letter_case.install(app)
    if behind_proxy:  # outermost: kept answers, too, are for the address that a reader asked for
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _config_of(site: Site) -> dict[str, object]:
    counts = site.counts.limiter_storage
    return {
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=site.session_hours),
        "RATELIMIT_STORAGE_URI": counts.address,
        "RATELIMIT_STORAGE_OPTIONS": counts.options,
        **CONFIG,
    }


def _install_parts(app: Flask) -> None:
    app.before_request(_refuse_nul)
    csrf.init_app(app)
    csrf.exempt(subscriptions.bp)  # who knows its addresses may do all that they offer
    sent = (*ask.SENT, *apply.SENT, *dialogue.SENT)
    for view in (paper_check.scan, board_check.photograph, *sent):
        csrf.exempt(view)  # residents have no cookie; what changes something proves its own form
    limiter.init_app(app)
    app.extensions |= {
        "miss_counter": MissCounter(),
        "sent_counter": MissCounter("forms", MAX_SENT, SENT_SPAN),
    }
    guard.install(app)
    rendering.install(app)
    access_log.install(app)
    errors.install(app)
    moved_pages.install(app)
    own = (account.bp, health.bp, editor_script.bp, style_sheets.bp)
    for blueprint in (*own, *public.blueprints(), *desk.blueprints()):
        app.register_blueprint(blueprint)
    app.after_request(_headers)
    reading_counter.install(app)
    compression.install(app)
    kept_answers.install(app)


class RowId(IntegerConverter):
    """Ids in addresses: one that no database could hold leads to no page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=MAX_ROW_ID)


def _refuse_nul() -> None:
    """No person types this character, and PostgreSQL stores no text with it."""
    asked = [text for name, text in request.args.items(multi=True) if name != new_session.NEXT]
    texts = [request.path, *asked, *request.form.values()]
    if any("\0" in text for text in texts) or (
        request.is_json and rb"\u0000" in request.get_data()
    ):
        abort(400)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "guard", "public") != "public" or is_of_staff():
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
