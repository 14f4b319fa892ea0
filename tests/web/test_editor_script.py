"""The editor arrives as one short script; what it does there is test_editor.py's."""

import re
from pathlib import Path

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.paths import PAGE_TEMPLATES

from bulletin.web.editor_script import editor_script

pytestmark = pytest.mark.sqlite_only(reason="no database in it")
EDITOR = PAGE_TEMPLATES / "static" / "editor"


def script_of(folder: Path, **modules: str) -> str:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source, "utf-8")
    return editor_script(folder)


def test_all_scripts_of_the_page_weigh_twenty_kilobytes(signed_in, zhangjia):
    browser = signed_in("li")
    page = browser.get(f"/desk/notices/{a_notice(zhangjia, NOON).code}/edit").text
    loaded = re.findall(r'<script[^>]* src="([^"]+)"', page)
    packed = {
        address: len(browser.get(address, headers={"Accept-Encoding": "gzip"}).data)
        for address in loaded
    }
    assert sum(packed.values()) <= 20 * 1024, packed


def test_each_module_is_in_it_once():
    script = editor_script(EDITOR)
    assert re.search(r"\bimport\b", script) is None
    assert script.count("localStorage.setItem") == script.count('"beforeprint"') == 1


def test_modules_come_after_what_they_need(tmp_path):
    script = script_of(
        tmp_path,
        editor='// the page\nimport { half } from "./half.js";\nexport const a = half(4);\n',
        half="export function half(n) {\n  return n / 2; // of it\n}\n",
    )
    assert re.search(r"=>.*/2.*\(4\)|return.*\(4\)", script)
    assert "//" not in script


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('f("x  // y");\n', '"x  // y"'),
        ("f(/[/ ]+/g.test(b));\n", "/[/ ]+/g.test(b)"),
        ("f(b / c / d); // half\n", "f(b/c/d)"),
        ("f(b + +c);\n", "f(b+ +c)"),
        ("function all(long) {\n  f(`${long} long`, long.long);\n}\nf(all);\n", "} long`,"),
        ("const long = f();\nf({ long });\n", "long:"),
    ],
)
def test_only_what_people_read_is_left_out(tmp_path, source, kept):
    assert kept in script_of(tmp_path, editor=source)


def test_what_gives_nothing_keeps_its_names_to_itself(tmp_path):
    script = script_of(
        tmp_path,
        editor='import "./x.js";\nimport { half } from "./half.js";\nf(half);\n',
        half="export const half = f(2);\n",
        x="const half = f(3);\nf(half, half);\n",
    )
    assert "f(2)" in script
    assert "f(3)" in script


def test_one_name_for_two_things_is_refused(tmp_path):
    with pytest.raises(ValueError, match="half"):
        script_of(
            tmp_path,
            editor='import { x } from "./x.js";\nexport const half = x;\n',
            x="const half = 2;\nexport const x = half;\n",
        )


def test_a_module_that_was_changed_is_in_it_at_once(tmp_path):
    assert "f(1)" in script_of(tmp_path, editor="f(1);\n")
    assert "f(22)" in script_of(tmp_path, editor="f(22);\n")


def test_it_is_kept_by_browsers_until_it_changes(signed_in, zhangjia):
    browser = signed_in("li")
    page = browser.get(f"/desk/notices/{a_notice(zhangjia, NOON).code}/edit").text
    address = re.search(r'src="(/editor\.\w+\.js)"', page)[1]
    answer = browser.get(address)
    assert answer.text == editor_script(EDITOR)
    assert answer.cache_control.max_age > 30 * 24 * 3600
    assert browser.get("/editor.0123456789ab.js").cache_control.max_age == 0  # another release's
    assert (
        browser.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )
