"""How the value of each setting is read; a bad one says where it stands and what was expected."""

from collections.abc import Callable, Mapping
from datetime import date
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bulletin.domain.errors import Misconfigured
from bulletin.shared.store_address import EXAMPLE, is_store_address
from bulletin.store.bucket import is_bucket
from bulletin.writers.broadcast.speech_engine import read_command

POSTGRESQL = "postgresql+psycopg"
MAX_PORT = 65535
TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


def boolean(value: Any, where: str) -> bool:
    text = str(value).strip().lower()
    if text not in TRUE | FALSE:
        raise Misconfigured(f"{where}: expected true or false, got {value!r}")
    return text in TRUE


def count(value: Any, where: str) -> int:
    text = str(value).strip()
    if not text.isdecimal() or not 1 <= int(text) <= 3650:  # noqa: PLR2004 - ten years of days
        raise Misconfigured(f"{where}: expected a whole number from 1 to 3650, got {value!r}")
    return int(text)


def database_address(value: str, where: str) -> str:
    """PostgreSQL's driver is ours to know: postgresql:// and postgres:// mean the same."""
    scheme, sign, rest = value.partition("://")
    known = {"postgres": POSTGRESQL, "postgresql": POSTGRESQL, POSTGRESQL: POSTGRESQL}
    known |= {"sqlite": "sqlite"}
    address = f"{known.get(scheme, '')}{sign}{rest}"
    try:
        fits = scheme in known and bool(make_url(address))
    except (ArgumentError, ValueError):  # a port that is no number
        fits = False
    if value and not fits:
        raise Misconfigured(
            f"{where}: expected an address such as postgresql+psycopg://bulletin:secret@localhost/bulletin "
            "(in a password @ is %40, / is %2F, : is %3A)"
        )
    return address if value else value


def _replica_address(value: str, where: str) -> str:
    address = database_address(value, where)
    if address and not address.startswith(POSTGRESQL):
        raise Misconfigured(f"{where}: only PostgreSQL has replicas: expected postgresql://…")
    return address


def _such_as(fits: Callable[[str], bool], example: str) -> Callable[[str, str], str]:
    """Reads what is of one kind, or is left out."""

    def read(value: str, where: str) -> str:
        if value and not fits(value):
            raise Misconfigured(f"{where}: expected {example}")
        return value

    return read


def _is_mail_server(value: str) -> bool:
    return value.startswith(("mailto://", "mailtos://"))


def _speech_command(value: str, where: str) -> str:
    try:
        read_command(value)
    except ValueError as error:
        raise Misconfigured(
            f"{where}: {error}; expected a command such as espeak-ng -v cmn -f {{text}} -w {{sound}}"
        ) from error
    return value


def _day_of_year(value: str, where: str) -> str:
    try:
        date.fromisoformat(f"2001-{value}")  # a day that every year has
    except ValueError as error:
        raise Misconfigured(
            f"{where}: expected month and day such as 01-31, got {value!r}"
        ) from error
    return value


def _private_address(value: str, where: str) -> str:
    host, _, port = value.rpartition(":")
    try:
        address = ip_address(host or "127.0.0.1")
        private = address.is_private and not address.is_unspecified
        private = private and port.isdecimal() and 0 < int(port) <= MAX_PORT
    except ValueError:
        private = False
    if value and not private:
        raise Misconfigured(f"{where}: expected a private address and port such as 127.0.0.1:9108")
    return value


def _web_address(value: str, where: str) -> str:
    if value and not value.lower().startswith(("http://", "https://")):
        raise Misconfigured(f"{where}: expected an address such as https://gk.example.gov.cn")
    if urlsplit(value).path.strip("/"):
        raise Misconfigured(f"{where}: expected a name of its own, with nothing behind it")
    return value.rstrip("/")


# Text that is more than text, by the setting's name.
READ_AS: Mapping[str, Callable[[str, str], str]] = {
    "database_url": database_address,
    "read_url": _replica_address,
    "shared_store": _such_as(is_store_address, f"an address such as {EXAMPLE}"),
    "files": _such_as(is_bucket, "a bucket such as s3://bucket/files"),
    "mail": _such_as(
        _is_mail_server, "a mail server such as mailtos://user:password@smtp.example.cn"
    ),
    "metrics": _private_address,
    "copy_forms": _web_address,
    "copy_url": _web_address,
    "public_url": _web_address,
    "report_due": _day_of_year,
    "speech": _speech_command,
}
