"""A bucket of an S3-compatible object store, through obstore: whole objects, and failures told apart."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from bulletin.domain.errors import Misconfigured
from bulletin.store.bucket_faults import BucketFault, fault_of

SCHEME = "s3://"
ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?")
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
KEY = "AWS_ACCESS_KEY_ID"
GIVEN = {"access_key_id": KEY, "secret_access_key": "AWS_SECRET_ACCESS_KEY", "region": "AWS_REGION"}
# Who runs within a cloud gets its keys there.
OTHER_KEYS = (
    *("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
# A page waits for a file: a store that does not answer is given up soon, one that sends is waited for.
CLIENT = {"connect_timeout": "3s", "timeout": "60s"}
RETRIES = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}
GIVEN_UP = 5.0  # seconds for which a store that did not answer is not asked again: nobody waits in a queue for it


class BucketFailure(OSError):
    """The object store did not do what was asked; nothing of it was done by halves."""

    def __init__(self, fault: BucketFault, address: str, detail: str) -> None:
        super().__init__(f"{address}: {detail}")
        self.fault = fault


@dataclass(frozen=True)
class BucketObject:
    key: str
    size: int  # bytes
    written_at: datetime
    version: bool  # whether the bucket keeps what is replaced and deleted


class Bucket:
    """The objects of a bucket below a prefix, by their keys. Each is there in one piece or not at all."""

    def __init__(self, address: str, obstore: Any, store: Any) -> None:
        self.address, self._obstore, self._store = address, obstore, store
        self._asked_again_at, self._failure = 0.0, ""

    def put(self, key: str, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        """In one request, in place of what was there.

        Args:
            headers: kept with it, and sent along with it: Content-Type, Cache-Control.
        """
        with self._failures_named(missing=BucketFault.NO_BUCKET):
            # Never in parts: what is cut off leaves nothing behind that somebody would have to clear.
            self._obstore.put(self._store, key, data, use_multipart=False, attributes=headers)

    def get(self, key: str) -> bytes | None:
        try:
            with self._failures_named():
                return bytes(self._obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None

    def head(self, key: str) -> BucketObject | None:
        try:
            with self._failures_named():
                return _object(self._obstore.head(self._store, key))
        except FileNotFoundError:
            return None

    def objects(self, below: str | None = None) -> Iterator[BucketObject]:
        """All, or those below a folder; told by the thousand, as they are taken."""
        pages = iter(self._obstore.list(self._store, below))
        while True:
            with self._failures_named(missing=BucketFault.NO_BUCKET):
                page = next(pages, None)
            if page is None:
                return
            yield from map(_object, page)

    def delete(self, keys: Sequence[str]) -> None:
        """Of what is not there, nothing is said."""
        with self._failures_named(missing=BucketFault.NO_BUCKET):
            self._obstore.delete(self._store, list(keys))

    @contextmanager
    def _failures_named(self, missing: BucketFault | None = None) -> Iterator[None]:
        """`missing`: what it means where nothing is found; None: no such object, a FileNotFoundError."""
        if monotonic() < self._asked_again_at:
            raise BucketFailure(BucketFault.UNREACHABLE, self.address, self._failure)
        try:
            yield
        except (FileNotFoundError, self._obstore.exceptions.BaseError) as error:
            said = str(error).partition("\n\nDebug")[0]
            fault = fault_of(said) or missing
            if fault is None:
                raise FileNotFoundError(said) from None
            if fault is BucketFault.UNREACHABLE:
                self._asked_again_at, self._failure = monotonic() + GIVEN_UP, said
            # Neither the request nor its headers: they say who may write here.
            raise BucketFailure(fault, self.address, said) from None


def is_bucket(address: str) -> bool:
    return address.startswith(SCHEME)


def open_bucket(address: str, environ: Mapping[str, str] = os.environ) -> Bucket:
    """A bucket by its address `s3://bucket/prefix`; where it is and who asks is in the AWS_* variables.

    Raises:
        Misconfigured: the address is none, the package is missing, or keys would travel in clear text.
    """
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise Misconfigured(f"{address}: expected s3://bucket or s3://bucket/prefix")
    try:
        obstore, stores = import_module("obstore"), import_module("obstore.store")
    except ModuleNotFoundError as error:
        raise Misconfigured(
            f"{address} needs the package {error.name}: install bulletin with [s3]"
        ) from error
    endpoint = next((environ[name] for name in ENDPOINTS if environ.get(name)), None)
    _refuse_clear_text(endpoint)
    name, prefix = match.groups()
    # With nothing at all it is a command that lacks what the unit has, and Amazon would be asked.
    bare = not any(each.startswith("AWS_") for each in environ)
    if (endpoint or bare) and not any(environ.get(each) for each in (KEY, *OTHER_KEYS)):
        raise Misconfigured(f"{address} needs {KEY} and AWS_SECRET_ACCESS_KEY in the environment")
    options = {option: environ[each] for option, each in GIVEN.items() if environ.get(each)}
    options |= {"endpoint": endpoint} if endpoint else {}
    if prefix := (prefix or "").strip("/"):
        options["prefix"] = prefix
    try:
        store = stores.S3Store(
            name,
            **options,
            client_options={**CLIENT, "allow_http": True},
            retry_config=RETRIES,
        )
    except obstore.exceptions.BaseError as error:
        raise Misconfigured(
            f"{address}: {str(error).partition(chr(10))[0]}: check the AWS_* variables"
        ) from error
    return Bucket(address, obstore, store)


def _refuse_clear_text(endpoint: str | None) -> None:
    """Without TLS only within the house: to this machine, a private address, or a name of the own network."""
    host = urlsplit(endpoint or "").hostname or ""
    if endpoint is None or not endpoint.lower().startswith("http://") or _is_private(host):
        return
    raise Misconfigured(
        f"AWS_ENDPOINT_URL {endpoint}: files would travel unprotected; use https://, or a private address"
    )


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host  # localhost, or a container's name


def _object(found: Mapping[str, Any]) -> BucketObject:
    return BucketObject(
        key=found["path"],
        size=found["size"],
        written_at=found["last_modified"],
        version=found.get("version") not in {None, "null"},
    )
