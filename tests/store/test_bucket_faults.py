"""What an object store answers is told apart by what has to be done: a wrong key is mended otherwise than a cut cable."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from support.object_store import needs_object_store

from bulletin.services.operations.failures import REMEDIES, SENTENCES, failure_of
from bulletin.store.bucket import BucketFailure, open_bucket
from bulletin.store.bucket_faults import BucketFault

pytestmark = needs_object_store
KEYS, RIGHTS = BucketFault.WRONG_KEYS, BucketFault.NOT_ALLOWED
OTHER, AWAY = BucketFault.REFUSED, BucketFault.UNREACHABLE
ASKED = {
    "get": lambda bucket: bucket.get("a"),
    "put": lambda bucket: bucket.put("a", b"notice"),
    "list": lambda bucket: list(bucket.objects()),
    "delete": lambda bucket: bucket.delete(["a"]),
}


@contextmanager
def answering(status: int, code: str) -> Iterator[dict[str, str]]:
    """A server that says of everything the same; what a process needs to know of it."""
    said = f"<?xml version='1.0'?><Error><Code>{code}</Code></Error>" if code else "<html>"

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said.encode() if self.command != "HEAD" else b"")

        def log_message(self, *_said):
            pass

    for method in ("PUT", "POST", "DELETE", "HEAD"):
        setattr(Answer, f"do_{method}", Answer.do_GET)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {"AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    ("status", "code", "fault"),
    [
        (403, "InvalidAccessKeyId", KEYS),
        (403, "SignatureDoesNotMatch", KEYS),
        (401, "Unauthorized", KEYS),
        (403, "AccessDenied", RIGHTS),
        (404, "NoSuchBucket", BucketFault.NO_BUCKET),
        (403, "QuotaExceeded", BucketFault.FULL),
        (507, "XMinioStorageFull", BucketFault.FULL),
        (403, "RequestTimeTooSkewed", RIGHTS),
        (400, "AuthorizationHeaderMalformed", OTHER),
        (405, "MethodNotAllowed", OTHER),
        (503, "SlowDown", AWAY),
    ],
)
def test_an_answer_is_told_apart_whatever_was_asked(asked, status, code, fault, monkeypatch):
    monkeypatch.setattr("bulletin.store.bucket.RETRIES", {"max_retries": 0})
    with answering(status, code) as environ, pytest.raises(BucketFailure) as failed:
        ASKED[asked](open_bucket("s3://files", environ))
    assert failed.value.fault is fault
    failure = failure_of(failed.value)
    assert SENTENCES[failure]
    assert REMEDIES[failure]


def test_what_is_no_object_store_is_not_said_to_be_away():
    with answering(200, "") as environ:
        for asked in ("put", "delete"):
            with pytest.raises(BucketFailure) as failed:
                ASKED[asked](open_bucket("s3://files", environ))
            assert failed.value.fault is OTHER


def test_every_fault_has_words_of_its_own():
    failures = {failure_of(BucketFailure(fault, "s3://files", "")) for fault in BucketFault}
    assert len(failures) == len(BucketFault)
    assert len({str(SENTENCES[each]) for each in failures}) == len(BucketFault)


def test_nobody_who_answers_is_away():
    environ = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}  # fmt: skip
    with pytest.raises(BucketFailure) as failed:
        open_bucket("s3://files", environ).get("a")
    assert failed.value.fault is AWAY
