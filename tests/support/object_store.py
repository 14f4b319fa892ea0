"""A real S3 API server on this machine, which can be cut off and come back with what it holds."""

import importlib.util
import itertools
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import pytest

from bulletin.store.bucket import Bucket, open_bucket
from support.databases import free_port

needs_object_store = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("moto", "obstore")),
    reason="no S3 server here: pip install 'moto[s3]' flask-cors obstore",
)


class ObjectStore:
    """The server; a bucket made in it is empty."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, free_port()
        self._server: Any = None
        self._numbers = itertools.count(1)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to know of it."""
        return {
            "AWS_ENDPOINT_URL": f"http://{self.host}:{self.port}",
            "AWS_ACCESS_KEY_ID": "tester",
            "AWS_SECRET_ACCESS_KEY": "of-no-worth",
            "AWS_REGION": "us-east-1",
        }

    def start(self) -> None:
        from moto.server import ThreadedMotoServer  # noqa: PLC0415 - takes a second, and few tests need it

        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it says every request
        self._server = ThreadedMotoServer(self.host, self.port, verbose=False)
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Nobody answers meanwhile; what it holds is there again afterwards."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def new_bucket(self, *, versioned: bool = False) -> str:
        """The name of an empty bucket."""
        name = f"bucket-{next(self._numbers)}"
        self._ask("PUT", f"/{name}")
        if versioned:
            enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
            self._ask("PUT", f"/{name}?versioning", enabled)
        return name

    def bucket(self, address: str) -> Bucket:
        return open_bucket(address, self.environment)

    def _ask(self, method: str, path: str, body: str = "") -> None:
        connection = HTTPConnection(self.host, self.port)
        connection.request(method, path, body)
        status = connection.getresponse().status
        connection.close()
        if status != 200:
            raise RuntimeError(f"{method} {path}: {status}")
