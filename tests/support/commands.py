"""The command line as people type it: a real process."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from support.paths import TESTS

_NUMBERS = count()


def bulletin(*args, data=None, expect=0, **environ):
    arguments = [*map(str, args), *(["--data", str(data)] if data is not None else [])]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BULLETIN_")}
    run = run_loaded if hasattr(os, "fork") else run_anew
    done = run(arguments, clean | environ)
    assert done.returncode == expect, done.stderr + done.stdout
    return done


def run_anew(arguments, environ):
    command = [sys.executable, "-m", "bulletin", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environ, check=False
    )


def run_loaded(arguments, environ, *, to_the_end=False):
    """The same, by a process that has loaded the command line already.

    Args:
        to_the_end: it takes apart what it loaded, as a process does that was started for the command.
    """
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        order = {"args": arguments, "environ": environ, "out": str(out), "err": str(err)}
        status = _ask(**order, to_the_end=to_the_end)
        stdout, stderr = out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        return subprocess.CompletedProcess(arguments, status, stdout, stderr)


@contextmanager
def going_on(arguments, environ, folder):
    """A command that ends when it is told to: where its words arrive, a file in the folder.

    It is told at the end, and has to obey.
    """
    out, err = (folder / f"{name} of {next(_NUMBERS)}" for name in ("out", "err"))
    order = {"args": arguments, "environ": environ, "out": str(out), "err": str(err)}
    process = _ask(**order, to_the_end=False, goes_on=True)
    try:
        yield err
    finally:
        os.kill(process, signal.SIGTERM)
        _ask(ended=process)


def _ask(**order):
    server = command_server()
    server.stdin.write(json.dumps(order) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


@cache
def command_server():
    """Ends with the tests, when its stdin does."""
    return subprocess.Popen(
        [sys.executable, "-m", "support.command_server"],
        cwd=TESTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
