"""The demo, built once in a run through the command line."""

import shutil
from pathlib import Path

import pytest

from support.commands import bulletin
from support.once import made_once


def built_demo(factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of its data folder, and what the command said."""
    built = made_once(factory, "demo built", _build)
    data = factory.mktemp("demo") / "data"
    shutil.copytree(built / "data", data)
    return data, (built / "said").read_text("utf-8")


def _build(folder: Path) -> None:
    done = bulletin("demo", "--no-serve", data=folder / "data")
    (folder / "said").write_text(done.stdout, "utf-8")
