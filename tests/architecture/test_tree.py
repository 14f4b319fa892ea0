"""A module of more than 250 lines, and a function of more than 40, want to be two."""

import ast

from support.paths import ROOT

MAX_MODULE, MAX_FUNCTION = 250, 40  # lines
PACKAGE = ROOT / "bulletin"
MIGRATIONS = PACKAGE / "store" / "migrations" / "versions"  # stay as they were released
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
    if MIGRATIONS not in path.parents
}


def test_no_module_is_longer_than_is_read_at_once():
    assert len(SOURCES) > 500
    lengths = {name: len(source.splitlines()) for name, source in SOURCES.items()}
    assert not {name: lines for name, lines in lengths.items() if lines > MAX_MODULE}


def test_no_function_is_longer_than_a_screen():
    lengths = {
        f"{name}:{each.name}": (each.end_lineno or each.lineno) - each.lineno + 1
        for name, source in SOURCES.items()
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION}
