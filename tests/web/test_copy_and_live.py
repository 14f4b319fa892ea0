"""The copy says what the site says: every page of it against the application, on the same day."""

import difflib
import re
from urllib.parse import quote

import pytest
from lxml import html
from support.filled import ADDRESS
from support.full_copy import full_copy
from support.full_village import LOOKED_AT
from support.object_store import needs_object_store

from bulletin.copy_reader import copy_site
from bulletin.sheets.qr import decode
from bulletin.store.copies.content_types import headers_of
from bulletin.wiring import make_app, open_site

pytestmark = pytest.mark.slow

OWN = {"SHA256SUMS", "manifest.json", "404.html", "en/404.html"}
INLINE = ("a", "abbr", "b", "bdi", "code", "em", "small", "span", "strong", "time", "wbr")
# What only a site can do: forms, larger type, the clock; within a line, or a line of its own.
OF_SITE_IN_LINE = re.compile(
    r"大字|Large type|核对手里的纸|Check a paper(?= |$)|在网上提，不用留名|Object online, without a name"
)
OF_SITE = re.compile(
    r"有疑问，在这里提|提问和答复|Ask(ed)? |Questions and answers|有话要问|就告诉我|Tell me when|回执|只订一部分"
    r"|A part of it only|申请信息公开|Request information|核对一张纸|Check whether|订阅|Follow the notices"
    r"|发布时钟|The publishing clock|不用写名字"
)
# What only a copy has to say: as of when.
OF_COPY = re.compile(r"的副本，|This is a copy of|^（截至|^\(as of")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return full_copy(tmp_path_factory)


@pytest.fixture
def ask(copy):
    """ask(path of a file): what the site answers at the address of a file of the copy."""
    site = open_site(copy.settings)
    browser = make_app(copy.settings, site, lambda: LOOKED_AT).test_client()

    def asked(path):
        address = "/" + re.sub(r"(^|/)index\.html$", "", path)
        language = "?lang=en" if re.match(r"/en(/|$)", address) else ""
        address = (address[3:] or "/") if language else address
        return browser.get(
            f"{quote(address)}{language}", base_url=ADDRESS, follow_redirects=True, buffered=True
        )

    yield asked
    site.sessions.close()


def files_of(folder):
    paths = (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return sorted({path for path in paths if not path.startswith(".lists/")} - OWN)


def lines_of(page):
    """What stands in the lines of a page, forms left out."""
    tree = html.document_fromstring(page)
    for form in tree.xpath("//form|//script"):
        form.drop_tree()
    for each in tree.xpath(f"//body//*[{' or '.join(f'self::{tag}' for tag in INLINE)}]"):
        each.drop_tag()
    texts = (" ".join(text.split()) for text in tree.xpath("//body//text()"))
    lines = (" ".join(OF_SITE_IN_LINE.sub("", text).split()) for text in texts)
    return [line for line in lines if line]


def differences(live, copied):
    for line in difflib.ndiff(lines_of(live), lines_of(copied)):
        side, words = line[0], line[2:]
        may = {"-": OF_SITE, "+": OF_COPY}.get(side)
        if may and not may.search(words):
            yield f"{side} {words}"


def test_every_file_of_the_copy_is_what_the_site_answers_at_its_address(copy, ask):
    files = files_of(copy.folder)
    assert len(files) > 400
    for path in files:
        answer, data = ask(path), (copy.folder / path).read_bytes()
        assert answer.status_code == 200, path
        assert answer.headers["Content-Type"] == headers_of(path)["Content-Type"], path
        if path.endswith(".html"):
            assert not list(differences(answer.data, data)), path
        else:
            assert answer.data == data, path


def test_the_code_on_the_paper_leads_to_the_same_page_on_both(copy, ask):
    paper = next(copy.folder.glob("N/*/paper.pdf")).read_bytes()
    ((code, *_), *_) = decode(paper)
    file = f"{code.url('').strip('/')}/index.html"
    answer = ask(file)
    assert answer.status_code == 200
    assert "这张纸" in answer.text
    assert not list(differences(answer.data, (copy.folder / file).read_bytes()))


@needs_object_store
def test_a_bucket_holds_what_a_folder_holds(object_store, settings, approved, tmp_path):
    approved.printed()
    site, bucket = approved.village.site, f"s3://{object_store.new_bucket()}/gk"
    done = [
        copy_site(settings, site, place, ADDRESS, LOOKED_AT)
        for place in (tmp_path / "copy", bucket, bucket)
    ]
    assert done[0] == done[1]
    assert (done[2].new, done[2].changed, done[2].gone) == (0, 0, 0)
    store = object_store.bucket(bucket)
    found = {each.key: store.get(each.key) for each in store.objects()}
    folder = tmp_path / "copy"
    of_folder = {path: (folder / path).read_bytes() for path in files_of(folder)}
    of_bucket = {key: data for key, data in found.items() if not key.startswith(".lists/")}
    pages_for_errors = {"404.html", "en/404.html"}
    assert of_bucket.keys() == of_folder.keys() | pages_for_errors
    assert {key: of_bucket[key] for key in of_folder} == of_folder
