"""`python -m support.command_server`, in `tests`: forks a process for each command that it is sent.

Loading takes longer than most commands do, and so does tearing down what was loaded. Each command still is
a process of its own, with its environment, its streams and its status; only the loading is done once, and
the interpreter is torn down where that is what a test is about.

A line on stdin is `{"args", "environ", "out", "err", "to_the_end"}`, out and err files; the answer is the status. With
`"goes_on"` the answer is at once the process's number, and a line `{"ended"}` with it asks for the status.
"""

import atexit
import json
import os
import sys
import threading
import traceback
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
        child = order.get("ended") or os.fork()
        if child == 0:
            take_over(order)
            return main() if order["to_the_end"] else run_and_leave()
        sys.stdout.write(f"{child if order.get('goes_on') else status_of(child)}\n")
        sys.stdout.flush()
    return None


def status_of(child):
    """Waits until it has ended."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def run_and_leave():
    """What a process does at its end, save taking apart every module."""
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # noqa: BLE001 - told as the interpreter tells it
        traceback.print_exc()
        status = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


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
