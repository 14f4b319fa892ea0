"""A real Redis on a free port of this machine, that a test can kill, hold up and start again."""

import shutil
import signal
import socket
import subprocess
import time

import pytest

from support.databases import IN_CI, free_port

PROGRAM = shutil.which("redis-server") or shutil.which("valkey-server")
PATIENCE = 20.0  # seconds; a busy machine
PASSWORD = "geheim@1"


def skip_without_redis() -> None:
    if PROGRAM is None:
        if IN_CI:
            pytest.fail("Redis is missing: install Debian's package `redis-server`")
        pytest.skip("no Redis here: install Debian's package `redis-server`")


class RedisServer:
    """Keeps nothing on a disk: started again, it is empty."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"redis://:{PASSWORD.replace('@', '%40')}@{self.host}:{self.port}/0"

    def start(self) -> None:
        options = {"port": self.port, "bind": self.host, "save": "", "appendonly": "no"}
        options |= {"requirepass": PASSWORD}
        given = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        self._process = subprocess.Popen([str(PROGRAM), *given], stdout=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection((self.host, self.port), 1).close()
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hold_up(self) -> None:
        """It takes connections and answers none."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)
