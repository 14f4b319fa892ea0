"""The language of a page is chosen in its address, goes along its links, and never mixes with another."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from support.builders import a_notice
from support.clock import NOON
from support.paths import PAGE_TEMPLATES, ROOT

from bulletin.readers.languages import read_language

pytestmark = pytest.mark.sqlite_only(reason="the same words on both")
HAN = re.compile(
    "[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]"
)  # with the signs that only Chinese has
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


def test_every_sentence_of_a_public_page_stands_in_english(said):
    english = read_language(ROOT / "templates" / "languages" / "en.po")
    assert len(said) > 300
    assert not sorted(said - english.messages.keys()), (
        "see A sentence on a public page, docs/recipes.md"
    )
    assert not sorted(english.messages.keys() - said), "nobody says these any more"


def test_english_has_no_chinese_but_the_words_that_stand_on_paper():
    english = read_language(ROOT / "templates" / "languages" / "en.po").messages
    on_paper = re.compile("内容指纹|不便扫码|低保|修路")
    assert not [text for text in english.values() if HAN.search(on_paper.sub("", text))]


def test_no_template_of_residents_says_a_chinese_word_by_itself():
    """Outside of `_()` there are comments, and a value that is compared."""
    for file in TEMPLATES:
        text = file.read_text(encoding="utf-8")
        rest = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        rest = re.sub(r"""(?:_|listed)\((?:"[^"]*"|'[^']*')""", "", rest)
        assert not re.findall(rf".*{HAN.pattern}.*", rest), file.name
