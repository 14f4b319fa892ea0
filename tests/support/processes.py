"""Processes of a test's own, forked from a server that has loaded what they need; where nothing forks they begin anew."""

import os
import sys
from multiprocessing import get_all_start_methods, get_context

import pytest

from support.paths import TESTS

PROCESSES = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")


def preload(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Have the server load a module, unless it runs already: then each process loads what it lacks."""
    if PROCESSES.get_start_method() == "forkserver":
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), *sys.path]))
        PROCESSES.set_forkserver_preload([module])
