"""A crowd at the door: many readers behind one address, many connections that do nothing.

    python tests/bench/crowd.py [readers idle]

Prints one line a figure: what was measured, and the aim. Asserts nothing.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import a_village, free_port, say, wait_for
from support.builders import a_notice
from support.clock import NOON

from bulletin.web.page_cache import PageCache
from bulletin.wiring import make_app

READERS = 1_000
MISTYPING = 20  # one reader in so many mistypes first
IDLE, SLOW = 500, 50
PATIENCE = 300.0  # seconds


def readers() -> None:
    """Everyone opens a printed code within one minute, one in twenty after a slip of the finger."""
    with a_village() as village:
        codes = [a_notice(village, NOON).approved().code for _ in range(3)]
        app = make_app(village.settings, village.site)
        app.extensions |= {"clock": lambda: NOON, "page_cache": PageCache()}
        seen: Counter[int] = Counter()
        slips: Counter[int] = Counter()
        began = time.perf_counter()
        for n in range(READERS):
            phone = app.test_client()  # no reader has a cookie
            if n % MISTYPING == 0:
                slips[phone.get(f"/N/{codes[0][:-1]}{n % 10}").status_code] += 1
            seen[phone.get(f"/N/{codes[n % 3]}.1").status_code] += 1
        spent = time.perf_counter() - began
        say(
            f"{READERS} readers behind one address, within a minute",
            f"{seen[200]} read, {READERS - seen[200]} refused",
            "none refused",
            f"{spent * 1000 / READERS:.1f} ms a reader; slips: {dict(slips)}",
        )


def idle() -> None:
    with a_village() as village:
        code = a_notice(village, NOON).approved().code
        data = village.settings.data
        with served(data) as port:
            asked(port, f"/N/{code}.1")
            alone = asked(port, f"/N/{code}.1")
            with ExitStack() as stack:
                crowd(stack, port)
                first = asked(port, f"/N/{code}.1")
                later = asked(port, f"/N/{code}.1")
        say(
            f"a page beside {IDLE} idle phones and {SLOW} slow ones",
            f"{first:.3f} s, again {later:.3f} s",
            "< 1 s",
            f"alone: {alone:.3f} s",
        )


@contextmanager
def served(data: Path) -> Iterator[int]:
    port = free_port()
    command = [
        *(sys.executable, "-m", "bulletin", "serve", "--no-clock"),
        *("--port", str(port), "--data", str(data)),
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ, **quiet) as server:
        wait_for(port)
        yield port
        server.terminate()


def crowd(stack: ExitStack, port: int) -> None:
    """Connections that say nothing, and some that say a little at a time, until the stack ends."""
    slow = []
    for n in range(IDLE + SLOW):
        phone = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        if n >= IDLE:
            phone.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            slow.append(phone)
    done = threading.Event()
    stack.callback(done.set)

    def drip() -> None:
        while not done.wait(1):
            for phone in slow:
                try:
                    phone.sendall(b"X-A: b\r\n")
                except OSError:
                    continue

    threading.Thread(target=drip, daemon=True).start()


def asked(port: int, address: str) -> float:
    """Seconds until the whole answer is here."""
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as phone:
        phone.settimeout(PATIENCE)
        phone.sendall(f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        while phone.recv(65536):
            pass
    return time.perf_counter() - began


FIGURES = {"readers": readers, "idle": idle}

if __name__ == "__main__":
    for name in sys.argv[1:] or FIGURES:
        FIGURES[name]()
