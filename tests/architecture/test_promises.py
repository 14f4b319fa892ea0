"""Promises about the code itself."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from support.paths import ROOT

from bulletin.cli.workflow import page
from bulletin.domain.errors import Misconfigured
from bulletin.domain.labels import Labelled, labels_of
from bulletin.schedules.procedures import load_procedures
from bulletin.schedules.ticks import load_ticks
from bulletin.settings import Settings, read_settings
from bulletin.store.key_folder import KeyFolder

MODULES = [f for f in sorted((ROOT / "bulletin").rglob("*.py")) if "versions" not in f.parts]


def test_the_drawn_workflow_is_the_one_in_force():
    drawn = (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8")
    assert drawn == page(load_procedures(ROOT / "schedules" / "procedures.yaml")), (
        "docs/workflow.md is stale: python -m bulletin workflow > docs/workflow.md"
    )


def _labelled() -> list[type[Labelled]]:
    for module in MODULES:
        if "domain" in module.parts:
            import_module(".".join(module.relative_to(ROOT).with_suffix("").parts))
    return sorted(Labelled.__subclasses__(), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", _labelled(), ids=lambda kind: kind.__name__)
def test_every_word_of_the_code_has_its_chinese_word(kind):
    assert len(set(labels_of(kind).values())) == len(kind)
    assert all(re.search(r"[一-鿿]", label) for label in labels_of(kind).values())


def test_every_setting_is_explained():
    said = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for field in fields(Settings):
        assert f"`BULLETIN_{field.name.upper()}`" in said


def test_the_environment_comes_before_the_file(tmp_path):
    (tmp_path / "bulletin.toml").write_text('public_url = "https://a.cn/"\nhorizon_days = 30\n')
    read = read_settings(tmp_path, {"BULLETIN_PUBLIC_URL": "https://b.cn"})
    assert (read.public_url, read.horizon_days) == ("https://b.cn", 30)
    assert read_settings(tmp_path, {}).public_url == "https://a.cn"


@pytest.mark.parametrize(
    ("file", "environ", "said"),
    [
        ("horizon_days = 0", {}, "horizon_days"),
        ("horizn_days = 3", {}, "horizn_days"),
        ("horizon_days = ", {}, "TOML"),
        ("body_font = 3", {}, "body_font"),
        ("", {"BULLETIN_PUBLIC_URL": "gk.huzhu.gov.cn"}, "BULLETIN_PUBLIC_URL"),
        ("", {"BULLETIN_PUBLIC_URL": "https://www.huzhu.gov.cn/gk"}, "name of its own"),
        ("", {"BULLETIN_REHEARSAL": "perhaps"}, "true or false"),
        ("", {"BULLETIN_SESSION_HOURS": "-1"}, "whole number"),
        ("", {"BULLETIN_SPEECH": "espeak-ng -f {text}"}, "BULLETIN_SPEECH: no .sound. in it"),
        ('speech = "espeak-ng \'{text} {sound}"', {}, "speech in .*quotation"),
    ],
)
def test_a_bad_setting_names_itself_and_the_remedy(tmp_path, file, environ, said):
    (tmp_path / "bulletin.toml").write_text(file)
    with pytest.raises(Misconfigured, match=said):
        read_settings(tmp_path, environ)


def test_processes_that_start_together_sign_with_the_same_secret(tmp_path):
    keys = KeyFolder(tmp_path / "data")
    with ThreadPoolExecutor(8) as starting:
        secrets = set(starting.map(lambda _: keys.secret(), range(8)))
    assert len(secrets) == 1
    assert len(secrets.pop()) == 64


def test_a_secret_that_a_power_cut_left_empty_stops_the_start(tmp_path):
    (tmp_path / "secret").touch()
    with pytest.raises(Misconfigured, match="delete it"):
        KeyFolder(tmp_path).secret()


def test_imports_keep_to_floors_and_rooms():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda f: str(f.relative_to(ROOT)))
def test_no_import_hides_in_a_function(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden = [
                n
                for n in ast.walk(node)
                if isinstance(n, ast.ImportFrom) and "bulletin" in (n.module or "")
            ]
            assert not hidden


# A file of services that writes is named by one of these, in its plain form.
VERBS = re.compile(
    r"(acknowledge|add|adopt|advance|answer|appoint|archive|ask|attach|back|certify|change|claim|clear|close|comment|confirm|correct|cover|create"
    r"|draft|end|explain|follow|forget|forward|import|insert|invite|issue|keep|link|manage|mark|merge|move|name|open|order|pass|post|preflight|print"
    r"|propose|publish|read|recalculate|receive|record|redact|register|remind|rename|reorder|reschedule|restore"
    r"|review|see|rotate|sign|start|submit|upload|write)(_|$)"
)
SERVICES = ROOT / "bulletin" / "services"
ROOM_FILES = [f for f in MODULES if SERVICES in f.parents and f.parent != SERVICES]


def _writes(module: Path) -> bool:
    """Whether a file opens a transaction that writes, or writes history."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(
        (isinstance(call, ast.Attribute) and call.attr == "writing")
        or (isinstance(call, ast.Name) and call.id == "record")
        for call in calls
    )


def test_a_file_that_writes_is_named_by_a_verb_and_a_noun_only_reads():
    writers = [file for file in ROOM_FILES if _writes(file)]
    assert writers
    assert not [file for file in writers if not VERBS.match(file.stem)]


def _functions(module: Path) -> dict[str, ast.FunctionDef]:
    body = ast.parse(module.read_text(encoding="utf-8")).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def _closure(functions: dict[str, ast.FunctionDef], name: str) -> list[ast.AST]:
    """All nodes of a function and of those of its module that it uses."""
    reached, waiting = {}, [name]
    while waiting:
        name = waiting.pop()
        if name in functions and name not in reached:
            reached[name] = list(ast.walk(functions[name]))
            waiting += [node.id for node in reached[name] if isinstance(node, ast.Name)]
    return [node for nodes in reached.values() for node in nodes]


def _changes_something(module: Path, name: str) -> bool:
    nodes = _closure(_functions(module), name)
    return any(isinstance(n, ast.Attribute) and n.attr == "writing" for n in nodes)


def _acts_called(command: Path, name: str) -> list[str]:
    """The functions of services that write, as a command of the command line calls them."""
    owners = {}
    for node in ast.parse(command.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bulletin.services"):
            folder = ROOT / node.module.replace(".", "/")
            for each in node.names:
                file = folder / f"{each.name}.py"
                owner = (file, None) if file.exists() else (folder.with_suffix(".py"), each.name)
                owners[each.asname or each.name] = owner
    called = []
    for node in _closure(_functions(command), name):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            file, _ = owners.get(node.value.id, (None, None))
            called.append((file, node.attr))
        elif isinstance(node, ast.Name):
            called.append(owners.get(node.id, (None, None)))
    return [act for file, act in called if file and act and _changes_something(file, act)]


def test_a_command_that_changes_something_asks_before_acting_as_of_another_moment():
    asking, unasked = set(), []
    for command in sorted((ROOT / "bulletin/cli").glob("*.py")):
        for name, function in _functions(command).items():
            decorators = set(map(ast.unparse, function.decorator_list))
            if "pass_acting_context" in decorators:
                asking.add(name)
            elif "pass_command_context" in decorators and _acts_called(command, name):
                unasked.append(f"{command.stem}: {name}")
    assert asking >= {"tick", "serve", "clock"}  # they act through the clock that is wired to them
    assert not unasked


def test_no_file_of_services_is_named_by_a_gerund():
    services = (ROOT / "bulletin" / "services").rglob("*.py")
    assert not [file for file in services if file.stem.endswith("ing")]


def test_a_place_is_compared_in_words_that_find_an_index():
    """`==` says IS NULL for the township; IS NOT DISTINCT FROM a value makes PostgreSQL read all of a table."""
    call = re.compile(r"\.is_not_distinct_from\((?![A-Z]\w*\.)")  # save between two columns
    assert not [module for module in MODULES if call.search(module.read_text(encoding="utf-8"))]


def test_what_threads_remember_together_is_locked():
    """Caches of functools lock themselves; one of cachetools breaks when two change it at once."""
    assert not [
        module
        for module in MODULES
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "cached"
        if "lock" not in {each.arg for each in call.keywords}
    ]


def test_the_name_of_a_class_means_one_thing():
    owners = defaultdict(list)
    for module in MODULES:
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                owners[node.name].append(module)
    assert not {name: files for name, files in owners.items() if len(files) > 1}


def test_no_folder_of_services_or_domain_is_a_drawer():
    for floor in ("services", "domain"):
        root = ROOT / "bulletin" / floor
        for folder in (root, *root.rglob("*")):
            files = [f for f in folder.glob("*.py") if f.name != "__init__.py"]
            assert len(files) <= 16, folder


def test_every_function_of_a_test_file_is_used():
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        source = file.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("test_"):
                continue
            uses = len(re.findall(rf"\b{node.name}\b", source))
            automatic = any("fixture" in ast.unparse(d) for d in node.decorator_list)
            assert uses > 1 or automatic, f"{file.name}: {node.name} is never used"


@pytest.mark.parametrize(
    ("loader", "name", "old", "new", "said"),
    [
        (load_procedures, "procedures.yaml", "act: examine", "act: exmine", "exmine"),
        (load_procedures, "procedures.yaml", "role: supervisor", "role: liaison", "liaison"),
        (load_procedures, "procedures.yaml", "village:", "vilage:", "vilage"),
        (load_procedures, "procedures.yaml", "body:", "boddy:", "boddy"),
        (load_ticks, "ticks.yaml", "every_seconds: 60", "every_seconds: 0", "whole number"),
        (load_ticks, "ticks.yaml", 'at: "00:10"', 'at: "soon"', "time"),
        (load_ticks, "ticks.yaml", "publish:", "publsh:", "publsh"),
    ],
)
def test_a_wrong_schedule_names_file_line_and_remedy(tmp_path, loader, name, old, new, said):
    text = (ROOT / "schedules" / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Misconfigured, match=rf"{name}, line \d+: .*{said}"):
        loader(tmp_path / name)
