"""A county on one machine as docs/county.md sets it up: two web machines, a clock and nginx on loopback addresses of their own."""

import re
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bulletin.settings import Settings
from support.databases import environment_of, free_port
from support.nginx import NGINX, SCRATCH, TYPES, behind_nginx
from support.paths import ROOT

DOOR, WEBS = "127.0.0.10", ("127.0.0.11", "127.0.0.12")  # whose loopback every Linux machine has
PATIENCE = 90.0  # seconds; a busy machine
CONFIGURATION = ROOT / "docs" / "county" / "nginx.conf"


class County:
    """The processes of a county that work on one site."""

    def __init__(self, settings: Settings, scratch: Path, copy: Path, **environment: str) -> None:
        self._settings, self._scratch, self._copy = settings, scratch, copy
        self._environment = environment_of(settings) | environment
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._port, self._web_port = free_port(), free_port()
        self._copies = ExitStack()  # the server that gives out the copy

    def start(self, *options: str) -> None:
        """`options` go to the web and the clock, such as --now."""
        for address in WEBS:
            self.start_web(address, *options)
        self.run("clock", "clock", *options)
        self._start_door()
        for address in WEBS:
            self._wait_for(address, self._web_port)
        self._wait_for(DOOR, self._port)

    def start_web(self, address: str, *options: str) -> None:
        where = ("--host", address, "--port", str(self._web_port))
        self.run(address, "serve", "--no-clock", *where, *options)

    def run(self, name: str, *words: str) -> None:
        command = [sys.executable, "-m", "bulletin", *words]
        with (self._scratch / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        """SIGKILL: it has no time to say goodbye."""
        process = self._processes.pop(name)
        process.kill()
        process.wait()

    def wait_for_web(self, address: str) -> None:
        self._wait_for(address, self._web_port)

    def get(self, path: str) -> tuple[int, str]:
        """A page as residents get it, through the door."""
        return self._ask("GET", path)

    def post(self, path: str) -> int:
        return self._ask("POST", path)[0]

    def _ask(self, method: str, path: str) -> tuple[int, str]:
        with closing(HTTPConnection(DOOR, self._port, timeout=PATIENCE)) as connection:
            connection.request(method, path, headers={"Host": "gk.example.gov.cn"})
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status == HTTPStatus.MOVED_PERMANENTLY:  # of the copy, where a page is a folder
            return self._ask(method, f"{path}/")
        return answer.status, text

    def stop(self) -> None:
        for name in list(self._processes):
            self.kill(name)
        self._copies.close()

    def _start_door(self) -> None:
        copies = self._copies.enter_context(behind_nginx(self._copy, self._scratch / "copies"))
        self._scratch.joinpath("nginx.conf").write_text(self._nginx(copies), encoding="utf-8")
        paths = ("-p", self._scratch, "-e", self._scratch / "error.log")
        command = [str(NGINX), *paths, "-c", self._scratch / "nginx.conf"]
        self._processes["door"] = subprocess.Popen(command)

    def _nginx(self, copies: str) -> str:
        """What docs/county/nginx.conf says, with the addresses of here."""
        written = CONFIGURATION.read_text(encoding="utf-8")
        machines = "\n".join(
            f"  server {address}:{self._web_port} max_fails=1 fail_timeout=5s;" for address in WEBS
        )
        written = re.sub(r"(?:^  server 10\..*\n)+", f"{machines}\n", written, flags=re.MULTILINE)
        written = written.replace("listen 80;", f"listen {DOOR}:{self._port};")
        written = written.replace("http://127.0.0.1:8080", copies)
        paths = "\n".join(f'{each}_temp_path "{self._scratch / each}";' for each in SCRATCH)
        return f"""daemon off; master_process off; pid "{self._scratch / "pid"}";
events {{ }}
http {{
include {TYPES};
access_log off;
{paths}
{written}
}}
"""

    def _wait_for(self, address: str, port: int) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with closing(HTTPConnection(address, port, timeout=5)) as connection:
                    connection.request("GET", "/readyz", headers={"Host": "gk.example.gov.cn"})
                    if connection.getresponse().status == HTTPStatus.OK:
                        return
            except (OSError, HTTPException):
                pass
            if time.monotonic() > until:
                logs = [each.read_text()[-2000:] for each in self._scratch.glob("*.log")]
                raise RuntimeError("\n".join(logs))
            time.sleep(0.2)
