"""What a phone's connection goes through between it and the pages."""

import http.client
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.databases import free_port

from bulletin.cli import web_server

PAGE = "/V/630223202214"


@pytest.fixture
def port(app, zhangjia):
    """Where the application is served."""
    port = free_port()
    server = web_server.create(app, "127.0.0.1", port, behind_proxy=False)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield port
    server.maintenance = server.close()
    server.task_dispatcher.shutdown()


def look(phone, **headers):
    """One look at a page: status, and whether the connection goes on."""
    phone.request("GET", PAGE, headers=headers)
    answer = phone.getresponse()
    answer.read()
    return answer, not answer.will_close


def test_a_phone_that_has_the_page_keeps_its_connection(port):
    phone = http.client.HTTPConnection("127.0.0.1", port)
    first, goes_on = look(phone)
    assert (first.status, goes_on) == (200, True)
    mine = phone.sock
    for _again in range(3):
        known, goes_on = look(phone, **{"If-None-Match": first.headers["ETag"]})
        assert (known.status, goes_on) == (304, True)
        assert phone.sock is mine
    phone.close()


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_who_wants_the_connection_closed_behind_it_has_it_closed(port, version):
    phone = http.client.HTTPConnection("127.0.0.1", port)
    phone._http_vsn_str = f"HTTP/{version}"
    tag = look(phone)[0].headers["ETag"]
    ends = {"Connection": "close"} if version == "1.1" else {}
    known, goes_on = look(phone, **{"If-None-Match": tag}, **ends)
    assert (known.status, goes_on) == (304, False)
    phone.close()


def test_a_crowd_that_waits_its_turn_writes_no_lines(port, caplog):
    """Waitress writes one for each request that finds no idle thread."""
    with caplog.at_level(logging.INFO), ThreadPoolExecutor(4 * web_server.THREADS) as crowd:
        phones = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(100)]
        for answer, _goes_on in crowd.map(look, phones):
            assert answer.status == 200
        for phone in phones:
            phone.close()
    assert [line.name for line in caplog.records if line.name.startswith("waitress")] == []
