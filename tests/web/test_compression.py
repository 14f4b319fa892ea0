"""What travels packed, and what must not."""

import gzip

import pytest
from flask.testing import FlaskClient
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.services.notices.drafts import draft

pytestmark = pytest.mark.sqlite_only(reason="the same bytes from both")


def fetch(browser, path, **asked):
    return browser.get(path, buffered=True, **asked)


PACKED = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def resident(app):
    """A phone that takes pages as they travel."""
    return FlaskClient(app, app.response_class)


@pytest.fixture
def paths(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    return [f"/N/{notice.code}.1", "/", "/V/630223202214", "/check", "/static/resident.css"]


def test_residents_pages_and_styles_travel_packed_and_say_the_same(resident, paths):
    for path in paths:
        plain, packed = fetch(resident, path), fetch(resident, path, headers=PACKED)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) * 0.6
        assert "Content-Encoding" not in plain.headers
        for answer in (plain, packed):  # a cache between must not hand one to the other
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert int(answer.headers["Content-Length"]) == len(answer.data)
        head = resident.head(path, headers=PACKED, buffered=True)
        assert head.data == b""
        for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
            assert head.headers.get(name) == packed.headers.get(name)


def test_a_stored_copy_is_still_valid_packed_or_not(resident, paths):
    for path in (paths[0], paths[-1]):
        packed = fetch(resident, path, headers=PACKED)
        assert packed.headers["ETag"].startswith('W/"')
        for sent in (packed, fetch(resident, path)):
            known = {"If-None-Match": sent.headers["ETag"]}
            for more in ({}, PACKED):
                again = fetch(resident, path, headers=known | more)
                assert (again.status_code, again.data) == (304, b"")
                assert "Content-Encoding" not in again.headers
                assert "Accept-Encoding" in again.headers["Vary"]


@pytest.mark.parametrize(
    "asked", ["", "identity", "gzip;q=0", "br", "*;q=0", "*, gzip;q=0", "gzip; q=0.0", "xgzip"]
)
@pytest.mark.parametrize("path", [1, -1])
@pytest.mark.parametrize("before", ["gzip", "*"])
def test_who_does_not_ask_for_it_gets_it_plain(resident, paths, asked, path, before):
    """Also of what was packed for another reader a moment before."""
    assert fetch(resident, paths[path], headers={"Accept-Encoding": before}).content_encoding
    answer = fetch(resident, paths[path], headers={"Accept-Encoding": asked})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("asked", ["gzip", "GZIP", "br, gzip;q=0.5", "*", "*;q=0, gzip;q=0.1"])
@pytest.mark.parametrize("path", [1, -1])
def test_who_asks_for_it_gets_it_packed(resident, paths, asked, path):
    """Also of what went out plain a moment before."""
    assert not fetch(resident, paths[path]).content_encoding
    answer = fetch(resident, paths[path], headers={"Accept-Encoding": asked})
    assert answer.content_encoding == "gzip"


def test_papers_attachments_of_their_own_kind_and_parts_go_as_they_are(resident, zhangjia, paths):
    paper = f"{paths[0].removesuffix('.1')}/paper.pdf"
    assert "Content-Encoding" not in fetch(resident, paper, headers=PACKED).headers
    part = fetch(resident, paths[-1], headers=PACKED | {"Range": "bytes=10-19"})
    assert (part.status_code, len(part.data)) == (206, 10)
    assert "Content-Encoding" not in part.headers
    short = fetch(resident, "/static/favicon.svg", headers=PACKED)
    assert len(short.data) < 500 or short.headers["Content-Encoding"] == "gzip"


def test_a_page_with_the_token_of_a_form_is_never_packed(signed_in, resident):
    for browser, path in (
        (signed_in("wu"), "/desk"),
        (signed_in("wu"), "/desk/duties"),
        (signed_in("wu"), "/account/password"),
        (resident, "/sign-in"),
    ):
        answer = fetch(browser, path, headers=PACKED)
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers


def test_no_page_that_is_packed_holds_the_token_of_a_form(signed_in, paths):
    browser = signed_in("wu")  # who signed in reads the public pages too
    for path in (*paths[:-1], "/V/630223202214/catalog", "/N/", "/find?q=xyz"):
        answer = fetch(browser, path, headers=PACKED)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert b"csrf" not in gzip.decompress(answer.data)


def test_an_attachment_arrives_as_it_was_uploaded(resident, zhangjia):
    notice = a_notice(zhangjia, NOON)
    names = {"x.csv": "摘要,金额\n".encode() * 300}
    for name, data in names.items():
        upload = draft.attach(zhangjia.site, zhangjia.li, notice.code, name, data, NOON)
        block = {"type": "attachment", "file": upload.file, "name": upload.name}
        document = {"blocks": [*LEDGER["blocks"], block]}
        draft.save(
            zhangjia.site,
            zhangjia.li,
            notice.code,
            NOON,
            version=2,
            title="附件",
            document=document,
        )
        notice.approved()
        answer = fetch(resident, f"/F/{notice.code}/{upload.file}/{name}", headers=PACKED)
        sent = answer.data
        assert (gzip.decompress(sent) if "Content-Encoding" in answer.headers else sent) == data
