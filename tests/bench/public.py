"""Residents' pages beside a bare Flask view and Wagtail, and beside the years behind them.

    python tests/bench/public.py [serve growth load export copies] [--folder FOLDER] [--notices 1000000] [--copied 10000]

Needs wrk, nginx for `export`, and the S3 server of the tests for `copies`. FOLDER keeps what is made once: a virtual environment with gunicorn and Wagtail, and the filled sites.
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
from public_copies import copies
from public_export import export
from public_growth import growth, small_site
from public_load import load

BENCH = Path(__file__).parent
SECONDS, CONNECTIONS = 4, 16
SERVERS = ("gunicorn", "waitress")
HTML, WAGTAIL = "Accept: text/html", "peer.wsgi:application"


def serve(folder: Path) -> None:
    """Each page over a bare view of the same bytes, and over Wagtail's page: a second's requests, and what one costs.

    The processor time of a request is what a busy machine changes least.
    """
    python, data = wagtail_site.python_of(folder), folder / "served"
    paths = small_site(data)
    project = wagtail_site.prepare(folder, (data / "pages" / "notice.html").read_bytes())
    for server in SERVERS:
        with _served(python, server, "ours", data) as (ours, number):
            tag = _etag(f"{ours}{paths['notice']}")
            asked = {name: (f"{ours}{path}", HTML) for name, path in paths.items()}
            asked["known"] = f"{ours}{paths['notice']}", f"If-None-Match: {tag}"
            found = {name: _rate(*each, number) for name, each in asked.items()}
        with _served(python, server, "bare", data) as (bare, number):
            floors = {name: _rate(f"{bare}/{name}", HTML, number) for name in paths}
        with _served(python, server, "", data, project) as (wagtail, number):
            peer = _rate(f"{wagtail}/", HTML, number)
        floors["known"] = floors["notice"]
        for name, (rate, cost) in found.items():
            floor, dear = floors[name]
            aim = "≥ 0.9" if name == "known" else "≥ 0.75"
            said = (
                f"processor time {dear / cost:.2f} ({cost:.0f}, {dear:.0f} µs), bare {floor:.0f}/s"
            )
            say(f"{server}: {name}, of a bare view", f"{rate / floor:.2f}", aim, said)
            times = f"{rate / peer[0]:.1f} ×"
            said = f"processor time {peer[1] / cost:.1f} ×, Wagtail {peer[0]:.0f}/s"
            say(f"{server}: {name}, of Wagtail's page", times, "≥ 12 ×", said)


@contextmanager
def _served(
    python: Path, server: str, what: str, data: Path, project: Path | None = None
) -> Iterator[tuple[str, int]]:
    """Where it is served, and the number of the server's first process."""
    port = free_port()
    own = [str(BENCH.parents[1]), str(BENCH.parent), str(BENCH), *filter(None, sys.path)]
    environment = os.environ | {
        "BENCH_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "peer.settings.bench",
        "PYTHONPATH": os.pathsep.join([str(project)] if project else own),
    }
    module = WAGTAIL if project else f"public_served:{what}"
    by_waitress: list[str | Path] = [BENCH / "public_served.py", what, f"{port}"]
    if project:
        by_waitress = ["-m", "waitress", f"--listen=127.0.0.1:{port}", "--threads=8", WAGTAIL]
    command = {
        "gunicorn": [*("-m", "gunicorn", "-w", "2", "-b"), f"127.0.0.1:{port}", module],
        "waitress": by_waitress,
    }[server]
    process = subprocess.Popen(
        [*map(str, [python, *command])],
        env=environment,
        cwd=project or BENCH,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}", process.pid
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


def _rate(url: str, header: str, server: int) -> tuple[float, float]:
    """Requests a second, and the processor time of one in µs, after a first look that fills what is kept."""
    wrk = ["wrk", "-t2", f"-c{CONNECTIONS}", "-H", header, url]
    subprocess.run([*wrk, "-d1s"], check=True, capture_output=True)
    before = _processor_time(server)
    done = subprocess.run([*wrk, f"-d{SECONDS}s"], check=True, capture_output=True, text=True)
    spent = _processor_time(server) - before
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    count = re.search(r"(\d+) requests in", done.stdout)
    if rate is None or count is None or "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout)
    return float(rate[1]), spent / int(count[1]) * 1e6


def _processor_time(process: int) -> float:
    """Seconds that a process and those below it have worked; Linux keeps them."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    below = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    ticks = int(fields[11]) + int(fields[12])  # its own and the system's for it
    return ticks / os.sysconf("SC_CLK_TCK") + sum(_processor_time(int(each)) for each in below)


def _etag(url: str) -> str:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", parts.path)
    return connection.getresponse().headers["ETag"] or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["serve", "growth", "load", "export", "copies"])
    home = Path.home() / ".cache" / "bulletin-bench"
    parser.add_argument("--folder", type=Path, default=home)
    parser.add_argument("--notices", type=int, default=1_000_000)
    parser.add_argument("--copied", type=int, default=10_000)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    if "serve" in asked.parts:
        serve(asked.folder)
    if "growth" in asked.parts:
        growth(asked.folder, asked.notices)
    if "load" in asked.parts:
        load()
    if "export" in asked.parts:
        export(asked.folder, asked.copied, _rate)
    if "copies" in asked.parts:
        copies(asked.folder, asked.copied // 5)
    sys.stdout.write(f"in {time.perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
