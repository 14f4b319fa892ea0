"""A file from the web has bounds, and what only we can reach is not asked unless somebody says so."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bulletin.domain.errors import Refused
from bulletin.readers import web_address
from bulletin.readers.web_address import fetch


class Odd(BaseHTTPRequestHandler):
    """Answers in every way a server should not."""

    def do_GET(self):
        match self.path:
            case "/circle":
                self._say(302, Location="/circle")
            case "/on":
                self._say(301, Location="/file")
            case "/elsewhere":
                self._say(302, Location="file:///etc/passwd")
            case "/missing":
                self._say(404)
            case "/huge" | "/slow":
                self._say(200)
                for _ in range(100_000):
                    self.wfile.write(b"x" * 65_536)
            case "/%E6%9D%91?q=1":
                self._say(200, body="村".encode())
            case _:
                self._say(200, body=b"{}")

    def _say(self, status, body=b"", **headers):
        self.send_response(status)
        self.send_header("Content-Type", "application/ld+json; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True  # the reader had enough


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def refused(url, **asked):
    with pytest.raises(Refused) as said:
        fetch(url, **asked)
    return said.value.codes[0]


def test_a_file_is_fetched_over_a_redirect_and_from_an_address_in_chinese(address):
    file = fetch(f"{address}/on", also_private=True)
    assert (file.url, file.media_type, file.data) == (
        f"{address}/file",
        "application/ld+json",
        b"{}",
    )
    assert fetch(f"{address}/村?q=1", also_private=True).data == "村".encode()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/circle", "no_answer"),
        ("/elsewhere", "no_address"),
        ("/missing", "no_answer"),
        ("/huge", "too_large"),
    ],
)
def test_a_server_that_misbehaves_is_left_with_a_sentence(address, path, code):
    assert refused(f"{address}{path}", also_private=True) == code


def test_a_server_that_never_ends_is_left_after_a_while(address, monkeypatch):
    monkeypatch.setattr(web_address, "WHOLE", 0.0)
    assert refused(f"{address}/slow", also_private=True) == "too_slow"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706433/",
        "http://0.0.0.0:1/",
    ],
)
def test_this_machine_and_the_offices_network_are_not_asked(url):
    assert refused(url) == "private_address"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "ftp://example.cn/",
        "file:///etc/passwd",
        "https://",
        "http://a:b:c/",
        "http://" + "长" * 80 + ".cn",
    ],
)
def test_what_is_no_web_address_is_said_to_be_none(url):
    assert refused(url, also_private=True) == "no_address"


def test_nobody_there_is_said_in_a_sentence():
    with pytest.raises(Refused, match="打不开"):
        fetch("http://127.0.0.1:1/", also_private=True)
