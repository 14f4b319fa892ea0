"""What residents read depends on no cookie: it sends none, prolongs none, and does not say that it varies by one."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from bulletin.web.request_context import is_of_staff


class QuietSessions(SecureCookieSessionInterface):
    """Sessions of the desk. Flask-Login looks into the session of every request, also of a resident's."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if is_of_staff() or session.modified:
            super().save_session(app, session, response)
