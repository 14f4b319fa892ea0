"""The editor arrives as one short script; what it does there is test_editor.py's."""

import gzip
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


def test_the_whole_editor_weighs_twenty_kilobytes():
    packed = len(gzip.compress(editor_script(EDITOR).encode(), 6))
    assert packed <= 20 * 1024


def test_each_module_is_in_it_once():
    script = editor_script(EDITOR)
    assert re.search(r"\bimport\b", script) is None
    assert script.count("new DOMParser()") == script.count("localStorage.setItem") == 1


def test_modules_come_after_what_they_need(tmp_path):
    script = script_of(
        tmp_path,
        editor='// the page\nimport { half } from "./half.js";\nexport const a = half(4);\n',
        half="export function half(n) {\n  return n / 2; // of it\n}\n",
    )
    assert script.index("return") < script.index("(4)")
    assert "//" not in script


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('const all = "x  // y";\n', 'const a="x  // y";'),
        ("const all = /[/ ]+/g.test(b);\n", "const a=/[/ ]+/g.test(b);"),
        ("const all = b / c / d; // half\n", "const a=b/c/d;"),
        ("const all = b + +c;\n", "const a=b+ +c;"),
        ("const long = 1;\nf(`${long} long`, x.y);\n", "const a=1;f(`${a} long`,x.y);"),
        ("const long = f(a,\n  b,\n);\n", "const c=f(a,b);"),
        ("function all() {\n  f();\n}\n", "function a(){f()}"),
        ("const one = two;\nconst two = one + one;\n", "const a=b;const b=a+a;"),
        ("const long = 1;\nf(x.long, long);\n", "const long=1;f(x.long,long);"),
        ('const long = 1;\nf({ long }["long"]);\n', 'const long=1;f({long}["long"]);'),
    ],
)
def test_only_what_people_read_is_left_out(tmp_path, source, shown):
    assert script_of(tmp_path, editor=source) == shown


def test_one_name_for_two_things_is_refused(tmp_path):
    with pytest.raises(ValueError, match="half"):
        script_of(
            tmp_path,
            editor='import { x } from "./x.js";\nconst half = 1;\n',
            x="const half = 2;\nexport const x = half;\n",
        )


def test_it_is_kept_by_browsers_until_it_changes(signed_in, zhangjia):
    browser = signed_in("li")
    page = browser.get(f"/desk/notices/{a_notice(zhangjia, NOON).code}/edit").text
    address = re.search(r'src="(/editor\.\w+\.js)"', page)[1]
    answer = browser.get(address)
    assert answer.text == editor_script(EDITOR)
    assert answer.cache_control.max_age > 30 * 24 * 3600
    assert (
        browser.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )
