"""A browser test reads what has arrived: a look that doesn't wait fails on a slow day, and says nothing on a quick one."""

import ast

import pytest
from support.paths import ROOT

HURRIED = frozenset(
    {
        "all_inner_texts",
        "all_text_contents",
        "element_handles",
        "is_checked",
        "is_disabled",
        "is_editable",
        "is_enabled",
        "is_hidden",
        "is_visible",
        "query_selector",
        "query_selector_all",
        "wait_for_timeout",
    }
)
ALSO_OF_DATABASES = frozenset({"all", "count"})
DATABASE = frozenset({"session", "scalars", "execute", "exec_driver_sql"})
BROWSERS = ("playwright", "support.browser", "support.hand")
TESTS = ROOT / "tests"
PATIENT = TESTS / "support" / "browser.py"  # waits before it does so
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for path in sorted(TESTS.rglob("*.py"))
    if path != PATIENT and TESTS / "bench" not in path.parents  # a figure is of a time
}


def looks_at_once(source: str) -> list[int]:
    """Lines of a browser test that ask a page without waiting for its answer."""
    if not any(name in source for name in BROWSERS):
        return []
    calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    return sorted(call.lineno for call in calls if _is_hurried(call))


def _is_hurried(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr not in ALSO_OF_DATABASES:
        return call.func.attr in HURRIED
    return not call.args and not _is_of_database(call.func.value)


def _is_of_database(value: ast.expr) -> bool:
    names = {each.attr for each in ast.walk(value) if isinstance(each, ast.Attribute)}
    names |= {each.id for each in ast.walk(value) if isinstance(each, ast.Name)}
    return bool(names & DATABASE)


def test_no_browser_test_looks_before_the_page_is_there():
    found = {name: lines for name, source in SOURCES.items() if (lines := looks_at_once(source))}
    assert not found, "expect(…), each_of, texts_of and stands_there of support.browser wait"


@pytest.mark.parametrize(
    ("source", "is_hurried"),
    [
        ("page.locator('dd').all_inner_texts()", True),
        ("page.locator('dd').first.count() == 1", True),
        ("page.get_by_role('button').all()", True),
        ("rows = page.locator('tr')\nassert rows.count() == 2", True),
        ("printed.is_visible()", True),
        ("page.wait_for_timeout(800)", True),
        ("session.scalars(asked).all()", False),
        ("words.count('一')", False),
        ("expect(page.locator('dd')).to_have_count(2)", False),
    ],
)
def test_a_look_is_told_from_a_wait(source, is_hurried):
    assert bool(looks_at_once(f"from playwright.sync_api import expect\n{source}")) == is_hurried
