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

    def send(self, way: ContactMethod, address: str, subject: str, body: str) -> bool:
        """Whether the message was taken by the other side. Nothing is raised."""
        url = self._url(way, address)
        target = apprise.Apprise.instantiate(url, suppress_exceptions=True) if url else None
        if target is None:
            return False
        try:
            return bool(target.notify(body=body, title=subject))
        except Exception:
            log.exception("a message by %s could not be sent", way.value)
            return False

    def _url(self, way: ContactMethod, address: str) -> str:
        if way is not ContactMethod.MAIL:
            to = robot_url(way, address, self._robots_at)
            return f"{SCHEME}://{way.value}/?to={quote(to, safe='')}"
        if not self._mail_server:
            return ""
        separator = "&" if "?" in self._mail_server else "?"
        return f"{self._mail_server}{separator}to={quote(address)}&format=text"
