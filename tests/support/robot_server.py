"""A real HTTP server on this machine in place of 企业微信, 钉钉 and 飞书: it takes or refuses."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Robots(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _RobotHandler)
        self.posted: list[tuple[str, dict[str, Any]]] = []  # (path, message)
        self.answer: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _RobotHandler(BaseHTTPRequestHandler):
    server: Robots

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posted.append((self.path, message))
        self.send_response(200)  # the apps refuse with 200 too
        self.end_headers()
        self.wfile.write(json.dumps(self.server.answer).encode())

    def log_message(self, *_facts: object) -> None:
        """Say nothing."""


@contextmanager
def robots() -> Iterator[Robots]:
    with Robots() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
