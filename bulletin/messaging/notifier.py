"""Messages over Apprise: mail, and the robots of 企业微信, 钉钉 and 飞书."""

import logging
from urllib.parse import quote

import apprise

from bulletin.domain.contacts.methods import ContactMethod, robot_url
from bulletin.messaging.robots import SCHEME

log = logging.getLogger(__name__)


class Notifier:
    """Sends messages to people."""

    def __init__(self, mail_server: str = "", robots_at: str = "") -> None:
        """Names the servers that take the messages.

        Args:
            mail_server: an Apprise mailto:// or mailtos:// address without a recipient.
            robots_at: a server in place of those of the apps, for a rehearsal.
        """
        self._mail_server, self._robots_at = mail_server, robots_at

    @property
    def sends_mail(self) -> bool:
        return bool(self._mail_server)

    def send(
        self, way: ContactMethod, address: str, subject: str, body: str, *, end_at: str = ""
    ) -> bool:
        """Whether the message was taken by the other side. Nothing is raised.

        Args:
            end_at: where a mail program ends such letters with one click (RFC 8058).
        """
        url = self._url(way, address, end_at)
        target = apprise.Apprise.instantiate(url, suppress_exceptions=True) if url else None
        if target is None:
            return False
        try:
            return bool(target.notify(body=body, title=subject))
        except Exception:
            log.exception("a message by %s could not be sent", way.value)
            return False

    def _url(self, way: ContactMethod, address: str, end_at: str) -> str:
        if way is not ContactMethod.MAIL:
            to = robot_url(way, address, self._robots_at)
            return f"{SCHEME}://{way.value}/?to={quote(to, safe='')}"
        if not self._mail_server:
            return ""
        separator = "&" if "?" in self._mail_server else "?"
        url = f"{self._mail_server}{separator}to={quote(address)}&format=text"
        if not end_at:
            return url
        at = quote(f"<{end_at}>", safe="")
        return f"{url}&+List-Unsubscribe={at}&+List-Unsubscribe-Post=List-Unsubscribe%3DOne-Click"
