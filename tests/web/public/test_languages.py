"""The language of a page is chosen in its address, goes along its links, and never mixes with another."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from babel.messages.extract import extract_from_dir
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.filled import filled_settings, full_village_in
from support.page_addresses import PAGES, RESIDENT
from support.paths import PAGE_TEMPLATES, ROOT
from support.resident_pages import unmarked

from bulletin.readers.languages import read_language
from bulletin.store.base import Base
from bulletin.wiring import open_site

pytestmark = pytest.mark.sqlite_only(reason="the same words on both")
HAN = re.compile(
    "[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]"
)  # with the signs that only Chinese has
# What stands in Chinese on paper and at the desk; laws have their names.
ON_PAPER = re.compile(r"内容指纹|不便扫码|低保|修路|人员|《[^》]*》|中文|〔\d{4}〕\d+号")
TEMPLATES = [
    PAGE_TEMPLATES / "base.html",
    *(PAGE_TEMPLATES / "public").glob("*.html"),
    *(
        PAGE_TEMPLATES / "macros" / f"{name}.html"
        for name in ("ask", "banner", "content", "errors", "feeds", "printed", "public")
    ),
]


@pytest.fixture
def notice(zhangjia):
    return a_notice(zhangjia, NOON).approved().code


def test_the_language_goes_along_the_links_and_to_the_other_size(resident, notice):
    page = resident.get(f"/N/{notice}?lang=en").text
    assert '<html lang="en"' in page
    assert '<h1 lang="zh-CN">' in page, "what the village wrote is Chinese, and says so"
    links = re.findall(r'href="(/[NV]/[^"]*|/)"', page)
    pages = [link for link in links if "paper.pdf" not in link and "/feed" not in link]
    assert pages
    assert [link for link in pages if "lang=en" not in link] == [f"/N/{notice}"], "the way back"
    assert "?lang=en&amp;big=1" in page or "?big=1&amp;lang=en" in page
    assert f'href="/N/{notice}?big=1"' in resident.get(f"/N/{notice}?big=1&lang=en").text


def test_a_form_and_a_redirect_keep_the_language(resident, notice):
    assert 'name="lang" value="en"' in resident.get("/?lang=en").text
    assert resident.get(f"/find?q={notice}&lang=en").location == f"/N/{notice}?lang=en"


@pytest.mark.parametrize("path", ["/?lang=", "/?lang=xx", "/?lang=zh-CN", "/sign-in?lang=en"])
def test_another_language_and_the_door_of_the_desk_are_chinese(resident, path):
    assert '<html lang="zh-CN"' in resident.get(path).text


def test_the_store_of_pages_and_a_conditional_request_keep_the_languages_apart(resident, notice):
    chinese, english = f"/N/{notice}", f"/N/{notice}?lang=en"
    for _again in range(2):
        assert '<html lang="zh-CN"' in resident.get(chinese).text
        assert '<html lang="en"' in resident.get(english).text
    tag = {"If-None-Match": resident.get(chinese).headers["ETag"]}
    assert resident.get(chinese, headers=tag).status_code == 304
    assert resident.get(english, headers=tag).status_code == 200


# --- complete ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def said():
    """What translators get: every sentence of residents' pages."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]
    methods = [
        (pattern, each["method"])
        for each in mappings["mappings"]
        for pattern in ([each["pattern"]] if isinstance(each["pattern"], str) else each["pattern"])
    ]
    found = extract_from_dir(
        ROOT, methods, keywords={"_": None, "say": None}, directory_filter=_is_ours
    )
    return {message for _file, _line, message, _comments, _context in found}


def _is_ours(folder):
    return (
        Path(folder).name in {"bulletin", "templates"} or ROOT / "tests" not in Path(folder).parents
    )


@pytest.mark.slow
def test_every_sentence_of_a_public_page_stands_in_english(said):
    english = read_language(ROOT / "templates" / "languages" / "en.po")
    assert len(said) > 300
    assert not sorted(said - english.messages.keys()), (
        "see A sentence on a public page, docs/recipes.md"
    )
    assert not sorted(english.messages.keys() - said), "nobody says these any more"


def test_english_has_no_chinese_but_the_words_that_stand_on_paper():
    english = read_language(ROOT / "templates" / "languages" / "en.po").messages
    assert not [text for text in english.values() if HAN.search(ON_PAPER.sub("", text))]


def test_no_template_of_residents_says_a_chinese_word_by_itself():
    """Outside of `_()` there are comments, and a value that is compared."""
    for file in TEMPLATES:
        text = file.read_text(encoding="utf-8")
        rest = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        rest = re.sub(r"""(?:_|listed)\((?:"[^"]*"|'[^']*')""", "", rest)
        assert not re.findall(rf".*{HAN.pattern}.*", rest), file.name


# --- every page --------------------------------------------------------------------------------


def _texts(value):
    """Every text that holds Chinese, however deep it stands in a row."""
    if isinstance(value, str):
        yield from [value] if HAN.search(value) else []
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _kept(site):
    """What people wrote and entered: every Chinese text of every table."""
    with site.sessions.reading() as session:
        rows = [
            row for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        ]
    return {text.strip() for row in rows for text in _texts(tuple(row))}


class FrameWords(HTMLParser):
    """The words of a page and of its attributes, without what is marked as Chinese."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "wbr", "col", "hr"})
    SAID = frozenset(
        {
            "alt",
            "aria-label",
            "placeholder",
            "data-facts",
            "data-pause",
            "data-on",
            "content",
            "title",
        }
    )

    def __init__(self):
        super().__init__()
        self.words, self._open = [], []

    def handle_starttag(self, tag, attrs):
        is_chinese = ("lang", "zh-CN") in attrs or self._is_chinese()
        if tag not in self.VOID:
            self._open.append((tag, is_chinese))
        if not is_chinese:
            self.words += [value for name, value in attrs if name in self.SAID and value]

    def handle_endtag(self, tag):
        while tag in {
            name for name, _is_chinese in self._open
        }:  # a cell ends where the next begins
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if not self._is_chinese():
            self.words.append(data)

    def _is_chinese(self):
        return bool(self._open) and self._open[-1][1]


def frame_words(page):
    reader = FrameWords()
    reader.feed(unmarked(page))
    return reader.words


@pytest.mark.slow  # a whole village is filled
def test_in_english_no_page_says_a_chinese_word_that_nobody_wrote(app, tmp_path_factory, tmp_path):
    site = open_site(filled_settings(tmp_path_factory, tmp_path / "full"))
    app.extensions["site"] = site
    full, resident = full_village_in(tmp_path_factory, site), app.test_client()
    names = {**full.codes, **full.ids, **full.tokens}
    public = [
        address.format(**names)
        for pages in PAGES.values()
        for login, address in pages
        if login == RESIDENT and not address.startswith("/sign-in")
    ]
    kept = re.compile("|".join(map(re.escape, sorted(_kept(site), key=len, reverse=True))))
    said = set()
    for address in (*public, "/nothing", "/check?code=40271685339&print=K7QM3XW2"):
        asked = f"{address}{'&' if '?' in address else '?'}lang=en"
        page = resident.get(asked, follow_redirects=True).text
        assert '<html lang="en"' in page, address
        typed = unquote_plus(address.partition("q=")[2].partition("&")[0]) or "\n"
        shown = (words.replace(typed, "") for words in frame_words(page))
        left = [ON_PAPER.sub("", kept.sub("", words)) for words in shown]
        said |= {(address, words.strip()) for words in left if HAN.search(words)}
    assert not said, "\n".join(map(str, sorted(said)))
