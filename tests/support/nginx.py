"""nginx as docs/install.md sets it up for the plain-file copy: what is written there is what runs."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.databases import free_port
from support.paths import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
TYPES = Path("/etc/nginx/mime.types")
GUIDE = ROOT / "docs" / "install.md"
PATIENCE = 30.0  # seconds; a busy machine
OF_COPY = re.compile(r"^## B\. .*?```nginx\n(.*?)```", re.DOTALL | re.MULTILINE)
SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
needs_nginx = pytest.mark.skipif(
    NGINX is None or not TYPES.exists(),
    reason="no nginx here: install Debian's package `nginx-light`",
)


def written_server() -> str:
    """The `server { … }` of section B, as people copy it."""
    found = OF_COPY.search(GUIDE.read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"section B of {GUIDE.name} has no configuration of nginx")
    return found[1]


@contextmanager
def behind_nginx(folder: Path, scratch: Path, block: str = "") -> Iterator[str]:
    """A copy behind nginx on a free port of this machine; its address.

    Args:
        block: another `server { … }` than that of the guide, with a `root`.

    One process of who runs the tests, with all that it writes in `scratch`: nobody has to be root.
    """
    port = free_port()
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / "nginx.conf").write_text(
        _configuration(block or written_server(), folder, scratch, port), encoding="utf-8"
    )
    command = [str(NGINX), "-p", scratch, "-e", scratch / "error.log", "-c", scratch / "nginx.conf"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server, scratch / "error.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _configuration(written: str, folder: Path, scratch: Path, port: int) -> str:
    """Debian's nginx.conf in short around the server, which shows another folder here."""
    here = f'root "{folder}";\n  listen 127.0.0.1:{port};'
    server, roots = re.subn(r"root [^;]+;", here, written)
    if roots != 1:
        raise LookupError("the server has no folder of its own")
    paths = "\n".join(f'{each}_temp_path "{scratch / each}";' for each in SCRATCH)
    return f"""daemon off; master_process off; pid "{scratch / "pid"}";
events {{ }}
http {{
include {TYPES};
default_type application/octet-stream;
access_log off;
{paths}
{server}
}}
"""


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(log.read_text(encoding="utf-8"))
