"""A wrong step in any command ends in one clear line: no traceback, no leak report of a library after it."""

import os
import subprocess
import sys
from functools import partial

import pytest
from support.commands import run_anew, run_loaded

pytestmark = pytest.mark.slow

NOISE = ("Traceback", "Exception ignored", "Warning:", "sqlalchemy.exc", "Background on this error")
NO_CODE = "0000000000"
WRONG = [  # {bad}: a file of nonsense, {folder}: a folder with the ending of a file, {none}: nothing
    "notices show {code}",
    "notices show 你好",
    "sheet {code} -o {none}.pdf",
    "sheet {code} -o {folder}.pdf",
    "board-pack 没有 -o {none}.pdf",
    "receipts read {bad}.jpg",
    "receipts read {folder}.jpg",
    "privacy {bad}.xlsx",
    "privacy {none}.docx",
    "privacy {folder}.xlsx",
    "export {bad}.csv",
    "export {none} --lang xx --base-url https://gk.example.cn",
    "backup {folder}.zip",
    "restore {bad}.zip",
    "restore {bad}.zip --rehearse",
    "restore {folder}.zip",
    "catalog check {bad}.yaml",
    "catalog check {bad}.csv",
    "catalog check {bad}.xlsx",
    "catalog import {bad}.xlsx --village 张家村",
    "catalog import {none}.csv",
    "duties --village 没有",
    "duties --as-of 2026-13-01",
    "coverage -o {folder}.xlsx",
    "register 2026 -o {none}/no/x.xlsx",
    "init --township a --code 1 --county c --villages {bad}.csv --yes",
    "serve --host 203.0.113.7 --no-clock --yes",
    "tick --now x",
    "nosuch",
]
SITES = {  # what --data may be by mistake, and a word of the answer
    "file": "is a file",
    "corrupt": "not a database",
    "settings": "bulletin.toml",
    "empty": "bulletin init",
}
READS = ("check", "duties", "notices list", "boards list", "coverage", "verify", "tick --yes")


@pytest.fixture(scope="module")
def wrong(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wrong")
    for ending in ("jpg", "xlsx", "yaml", "zip", "csv"):
        (folder / f"bad.{ending}").write_bytes(b"a: [ \xff\xfe nonsense" * 9)
        (folder / f"folder.{ending}").mkdir()
    (folder / "folder.pdf").mkdir()
    (folder / "file").write_text("x")
    for name in ("corrupt", "settings", "empty"):
        (folder / name).mkdir()
    (folder / "corrupt" / "bulletin.db").write_bytes(b"not a database" * 99)
    (folder / "settings" / "bulletin.toml").write_text("a = ")
    return folder


def _clear(done):
    said = [
        line for line in done.stderr.splitlines() if not line.startswith(("Usage:", "Try ", '{"'))
    ]
    said = [line for line in said if line.strip()]
    assert not [line for line in said if any(noise in line for noise in NOISE)]
    assert len(said) <= 1, said
    assert said or done.stdout.strip()


@pytest.mark.parametrize("command", WRONG)
def test_a_wrong_step_ends_in_one_clear_line(demo, wrong, command):
    data, _ = demo
    places = {name: wrong / name for name in ("bad", "folder", "none")}
    arguments = [word.format(**places, code=NO_CODE) for word in command.split()]
    done = _run(*arguments, data=data, to_the_end=True)
    assert done.returncode != 0
    _clear(done)


@pytest.mark.parametrize("command", READS)
@pytest.mark.parametrize("site", SITES)
def test_a_folder_that_is_no_site_is_said_in_one_line(wrong, site, command):
    done = _run(*command.split(), data=wrong / site)
    assert done.returncode != 0
    _clear(done)
    assert SITES[site] in done.stderr + done.stdout


def _run(*arguments, data, to_the_end=False):
    environ = {k: v for k, v in os.environ.items() if not k.startswith("BULLETIN_")}
    environ["PYTHONWARNINGS"] = "default::ResourceWarning"
    run = partial(run_loaded, to_the_end=to_the_end) if hasattr(os, "fork") else run_anew
    return run([*arguments, "--data", str(data)], environ)


@pytest.mark.slow
def test_a_reader_that_goes_away_ends_a_list_quietly(demo):
    data, _ = demo
    command = [sys.executable, "-m", "bulletin", "duties", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as listing:
        listing.stdout.close()
        said = listing.stderr.read().decode()
    assert said == ""
