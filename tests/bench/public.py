"""Residents' pages beside a bare Flask view and Wagtail, and beside the years behind them.

    python tests/bench/public.py [serve growth load] [--folder FOLDER] [--notices 1000000]

Needs wrk. FOLDER keeps what is made once: a virtual environment with gunicorn and Wagtail, and the filled sites.
Prints one line a figure: what was measured, the aim, and the ratio of one run. Asserts nothing.
"""

import argparse
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

import wagtail_site
from figures import free_port, say
from public_growth import growth, small_site
from public_load import load

BENCH = Path(__file__).parent
SECONDS, CONNECTIONS = 4, 16
SERVERS = ("gunicorn", "waitress")


def serve(folder: Path) -> None:
    """Requests a second of each page, over those of a bare view of the same bytes and of Wagtail's page."""
    python, data = wagtail_site.python_of(folder), folder / "served"
    paths = small_site(data)
    project = wagtail_site.prepare(folder, (data / "pages" / "notice.html").read_bytes())
    for server in SERVERS:
        with _served(python, server, "public_served:ours", data) as ours:
            rates = {name: _rate(f"{ours}{path}") for name, path in paths.items()}
            tag = _etag(f"{ours}{paths['notice']}")
            known = _rate(f"{ours}{paths['notice']}", f"If-None-Match: {tag}")
        with _served(python, server, "public_served:bare", data) as bare:
            floors = {name: _rate(f"{bare}/{name}") for name in paths}
        with _served(python, server, "peer.wsgi:application", data, project) as wagtail:
            peer = _rate(f"{wagtail}/")
        for name, rate in rates.items():
            said = f"bare {floors[name]:.0f}, Wagtail {peer:.0f}"
            say(f"{server}: {name}, of a bare view", f"{rate / floors[name]:.2f}", "≥ 0.75", said)
            say(f"{server}: {name}, of Wagtail's page", f"{rate / peer:.1f} ×", "≥ 12 ×")
        say(f"{server}: a notice that the phone has", f"{known / floors['notice']:.2f}", "≥ 0.9")


@contextmanager
def _served(
    python: Path, server: str, what: str, data: Path, project: Path | None = None
) -> Iterator[str]:
    port = free_port()
    own = [str(BENCH.parents[1]), str(BENCH.parent), str(BENCH), *filter(None, sys.path)]
    environment = os.environ | {
        "BENCH_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "peer.settings.bench",
        "PYTHONPATH": os.pathsep.join([str(project)] if project else own),
    }
    command = {
        "gunicorn": [*(python, "-m", "gunicorn", "-w", "2", "-b"), f"127.0.0.1:{port}", what],
        "waitress": [python, "-m", "waitress", f"--listen=127.0.0.1:{port}", "--threads=8", what],
    }[server]
    process = subprocess.Popen(
        [*map(str, command)],
        env=environment,
        cwd=project or BENCH,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    """Until something answers there; its workers may still be starting when the port is open."""
    for _ in range(600):
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {port}")


def _rate(url: str, header: str = "Accept: text/html") -> float:
    """Requests a second, after a first look that fills what is kept."""
    wrk = ["wrk", "-t2", f"-c{CONNECTIONS}", "-H", header, url]
    subprocess.run([*wrk, "-d1s"], check=True, capture_output=True)
    done = subprocess.run([*wrk, f"-d{SECONDS}s"], check=True, capture_output=True, text=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None or "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout)
    return float(found[1])


def _etag(url: str) -> str:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", parts.path)
    return connection.getresponse().headers["ETag"] or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["serve", "growth", "load"])
    home = Path.home() / ".cache" / "bulletin-bench"
    parser.add_argument("--folder", type=Path, default=home)
    parser.add_argument("--notices", type=int, default=1_000_000)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    if "serve" in asked.parts:
        serve(asked.folder)
    if "growth" in asked.parts:
        growth(asked.folder, asked.notices)
    if "load" in asked.parts:
        load(asked.folder)
    sys.stdout.write(f"in {time.perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
