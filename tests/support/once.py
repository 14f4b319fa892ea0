"""What takes long is made once for all workers of a run, by whichever comes first; the others wait for it."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from support.paths import TESTS

PATIENCE = 600.0  # seconds; a busy machine
DONE, FAILED = "done", "failed"
_BEGUN: list["subprocess.Popen[bytes]"] = []  # they end by themselves, when their folder is full


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder as `make` has filled it. It is everybody's: whoever changes something works on a copy."""
    folder = _of_all_workers(factory) / name
    if _is_first(folder):
        fill(folder, make)
    else:
        _wait_for(folder)
    return folder


def begin_once(factory: pytest.TempPathFactory, name: str, *command: str) -> None:
    """Have a process of its own `fill` the folder meanwhile; `made_once` waits for what is left of it."""
    folder = _of_all_workers(factory) / name
    if _is_first(folder):
        _BEGUN.append(subprocess.Popen([*command, str(folder)], cwd=TESTS))


def fill(folder: Path, make: Callable[[Path], None]) -> None:
    try:
        make(folder)
    except BaseException:
        (folder / FAILED).touch()
        raise
    (folder / DONE).touch()


def _is_first(folder: Path) -> bool:
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def _of_all_workers(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the run; the one of a worker lies in it."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _wait_for(folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not (folder / DONE).exists():
        if (folder / FAILED).exists() or time.monotonic() > until:
            pytest.fail(f"the worker that makes {folder.name} did not: see its test")
        time.sleep(0.05)
