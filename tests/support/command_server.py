"""`python -m support.command_server`, in `tests`: forks a process for each command that it is sent.

Loading takes longer than most commands do. Each command still is a process of its own, with its
environment, its streams and its exit; only the loading is done once.

A line on stdin is `{"args", "environ", "out", "err"}`, the last two files; the answer is the status.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory

from bulletin import cli
from bulletin.__main__ import main
from bulletin.settings import Settings
from bulletin.wiring import open_site


def load():
    """What every command loads only when it runs: its modules, the schedules and the fonts."""
    for module in iter_modules(cli.__path__):
        import_module(f"{cli.__name__}.{module.name}")
    with TemporaryDirectory() as folder:
        open_site(Settings(data=Path(folder))).sessions.close()


def serve():
    load()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            take_over(order)
            return main()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return None


def take_over(order):
    os.environ.clear()
    os.environ.update(order["environ"])
    sys.argv[1:] = order["args"]
    for stream, name in (
        (sys.stdin, os.devnull),
        (sys.stdout, order["out"]),
        (sys.stderr, order["err"]),
    ):
        file = os.open(name, os.O_RDONLY if stream is sys.stdin else os.O_WRONLY | os.O_CREAT)
        os.dup2(file, stream.fileno())
        os.close(file)


if __name__ == "__main__":
    serve()
