"""The demo, built once in a run through the command line, beside the tests that need none.

`python -m support.demo FOLDER`, in `tests`, builds it.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

from support.commands import run_anew
from support.once import begin_once, fill, made_once

NAME = "demo built"


def begin_demo(factory: pytest.TempPathFactory) -> None:
    begin_once(factory, NAME, sys.executable, "-m", "support.demo")


def built_demo(factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of its data folder, and what the command said."""
    built = made_once(factory, NAME, _build)
    data = factory.mktemp("demo") / "data"
    shutil.copytree(built / "data", data)
    return data, (built / "said").read_text("utf-8")


def _build(folder: Path) -> None:
    clean = {name: said for name, said in os.environ.items() if not name.startswith("BULLETIN_")}
    done = run_anew(["demo", "--no-serve", "--data", str(folder / "data")], clean)
    assert done.returncode == 0, done.stderr + done.stdout
    (folder / "said").write_text(done.stdout, "utf-8")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), _build)
