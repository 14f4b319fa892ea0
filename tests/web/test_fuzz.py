"""Five thousand bad requests and files at every route: an answer each time, and no 500."""

import random
import re
from io import BytesIO

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.operations import verify

pytestmark = [pytest.mark.slow, pytest.mark.every_row]
VANDALS = range(5)  # each finds a township as it was founded; their seeds make a failure come back
# How often each vandal strikes each route, as many as there are: new routes make none of the others safer.
ROUNDS = {"sqlite": 2, "postgresql": 1}
TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "2",
    "99999999999999999999",
    "1e9",
    "NaN",
    "true",
    "null",
    "[]",
    "{}",
    "\0",
    "𠮷" * 50,
    "张" * 3000,
    "'; DROP TABLE edition; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%s%n",
    "../../etc/passwd",
    "..\\..\\x",
    "/",
    "//evil.example",
    "\r\nSet-Cookie: x=1",
    "2026-02-30",
    "9999-12-31",
    "2026-10-09",
    "2026-10-09T25:00",
    "draft",
    "examine",
    "confirm",
    "liaison",
    "king",
    "a4",
    "a9",
    "hung",
    "\ud800".encode("utf-8", "replace").decode(),
    "١٢٣",
    "ａｂｃ",
    "\u202e",
    "#",
    "?",
    "&",
    "%00",
    "%ff",
)
NAMES = (
    "q",
    "village",
    "show",
    "page",
    "why",
    "edition",
    "big",
    "paper",
    "run",
    "title",
    "document",
    "version",
    "change_note",
    "publish_at",
    "posting_days",
    "reason",
    "seen",
    "step",
    "meeting_on",
    "duty",
    "only",
    "event_on",
    "name",
    "login",
    "role",
    "code",
    "phone",
    "office_phones",
    "from_on",
    "busy_finances",
    "board",
    "hung_on",
    "down_on",
    "kind",
    "place",
    "masked",
    "source",
    "file",
    "old",
    "new",
    "again",
    "password",
    "force_reason",
)
SHUTTING = {
    "account.password",
    "people.password",
    "people.end",
}  # shut the route behind whoever they hit
FILES = (
    ("账.xlsx", b"PK\x03\x04" + b"\0" * 40),
    ("账.pdf", b"%PDF-1.7\n%%EOF"),
    ("照.jpg", b"\xff\xd8\xff\xe0junk"),
    ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20),
    ("文.docx", b"PK\x05\x06" + b"\0" * 18),
    ("病.exe", b"MZ\x90"),
    ("", b""),
    ("../../x.txt", b"\xff\xfe"),
    ("a" * 300 + ".csv", "姓名,身份证\n".encode()),
    ("y.svg", b"<svg/>"),
)
DOCUMENTS = (
    None,
    [],
    {},
    {"blocks": None},
    {"blocks": [1, "x", None, []]},
    {"blocks": [{"type": "table"}]},
    {"blocks": [{"type": "image", "file": "x"}]},
    {"blocks": [{"type": "paragraph", "text": 5}]},
    {"blocks": [{"type": "heading", "level": 99, "text": "x"}]},
    {"blocks": [{"type": "list", "items": "x"}]},
    {
        "blocks": [
            {
                "type": "table",
                "columns": [{"title": "x", "kind": "y"}],
                "rows": [["1", "2"]],
                "footer": 3,
            }
        ]
    },
)


class Vandal:
    """Somebody who sends whatever comes to hand to whatever route there is."""

    def __init__(self, seed, codes, people):
        self.chance, self.codes, self.people = random.Random(seed), codes, people

    def strike(self, rule, method, browser):
        url = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", self._part, rule.rule)
        query = {name: self._text() for name in self.chance.sample(NAMES, 2)}
        if method == "GET":
            return browser.get(url, query_string=query)
        if self.chance.random() < 0.25:
            said = {name: self._text() for name in self.chance.sample(NAMES, 3)}
            said |= {"version": self.chance.choice([1, 2, 3, "x"]), "document": self._document()}
            return browser.post(url, json=self.chance.choice([said, said, said, [], None, 7]))
        form = {name: self._text() for name in self.chance.sample(NAMES, 5)}
        if self.chance.random() < 0.3:
            name, data = self.chance.choice(FILES)
            form[self.chance.choice(["file", "photo", "photo-1"])] = (BytesIO(data), name)
        return browser.post(url, data=form, query_string=query, content_type="multipart/form-data")

    def _part(self, found):
        known = {
            "code": self.codes,
            "tail": [f"{code}.1" for code in self.codes],
            "which": ["hung", "down"],
        }
        if self.chance.random() < 0.6 and found[1] in known:
            return self.chance.choice(known[found[1]])
        if found[1].endswith(("id", "page")) and self.chance.random() < 0.7:
            return str(self.chance.choice([0, 1, 2, 3, 7, 2**31, 10**20]))
        return re.sub(r"[/?#\\\r\n]", "_", self._text()) or "x"

    def _text(self):
        return self.chance.choice(TEXTS)

    def _document(self):
        return self.chance.choice(DOCUMENTS)


@pytest.mark.parametrize("seed", VANDALS)
def test_whatever_is_thrown_at_whatever_route_is_answered(seed, app, signed_in, zhangjia, database):
    published, draft = a_notice(zhangjia, NOON).approved(), a_notice(zhangjia, NOON)
    published.printed()
    waiting = a_notice(zhangjia, NOON).submitted()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    vandal = Vandal(seed, [published.code, draft.code, waiting.code, "XXXXXXXXXX"], zhangjia.people)
    browsers = {login: signed_in(login) for login in ("li", "sun", "zhao", "wang", "zheng", "zhou")}
    browsers["nobody"] = app.test_client()
    routes = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods & {"GET", "POST"})
        if rule.endpoint not in {"account.sign_out", "static"}
    ]
    assert len(routes) > 300
    struck = routes * ROUNDS[database.name]
    for rule, method in sorted(struck, key=lambda route: route[0].endpoint in SHUTTING):
        login = vandal.chance.choice(list(browsers))
        answer = vandal.strike(rule, method, browsers[login])
        assert answer.status_code < 500, f"seed {seed}: {login} {method} {answer.request.url}"
    assert verify.verify(zhangjia.site).altered == ()
