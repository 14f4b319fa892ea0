"""A county on one machine as docs/county/setup.md has it, each of its machines on a loopback address of its own.

Units, settings and nginx are taken from the guide; what is replaced are addresses, folders and passwords.
"""

import json
import re
import ssl
import subprocess
import time
import tomllib
from collections.abc import Mapping
from contextlib import ExitStack, closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

from bulletin.settings import Settings
from support.certificate import CERTIFICATE, KEY, make_certificate
from support.loopback import machine
from support.nginx import NGINX, SCRATCH, TYPES, behind_nginx
from support.paths import ROOT
from support.prometheus import Sample, scrape
from support.units import FOLDER, unit_command

SETUP = ROOT / "docs" / "county" / "setup.md"
DOOR, WEBS = 10, (11, 12)  # the last figure of a machine's address, as the guide numbers them
WEB, CLOCK, WORKER = "bulletin-web@8001", "bulletin-clock", "bulletin-worker@1"
METRICS = {WEB: 9108, CLOCK: 9130, WORKER: 9150}  # as the guide scrapes them
HTTPS = 8443  # in place of 443, which only root opens
PATIENCE = 240.0  # seconds; a busy machine
NAME = "gk.example.gov.cn"
SETTINGS = re.compile(r"```toml\n(.*?)```", re.DOTALL)
SIGNING = ("secret", "checkpoint.key")  # the same on each machine
PEM = {"": CERTIFICATE, "_key": KEY}
OWN = {"copy": "site", "backup_dir": "second-disk"}  # folders of each machine


class County:
    """The processes of a county that work on one site.

    Args:
        settings: of the site; its data folder is that of the machine on which it was set up.
        store: who asks the object store, as `s3.env` says it.
        environment: what a rehearsal needs besides.
    """

    def __init__(
        self,
        settings: Settings,
        scratch: Path,
        store: Mapping[str, str],
        environment: Mapping[str, str],
    ) -> None:
        self._settings, self._scratch = settings, scratch
        self._store, self._environment = dict(store), dict(environment)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._targets: dict[str, str] = {}  # what Prometheus scrapes, by the unit's name
        self._copies = ExitStack()  # the server that gives out the copy
        certificate = make_certificate(scratch, NAME, machine(DOOR))
        self._tls = ssl.create_default_context(cafile=certificate)

    def open(self, *options: str) -> None:
        """The web machines, a clock beside nginx, and nginx. `options` go to each process, such as --now."""
        for number in WEBS:
            self.start(WEB, number, *options)
        self.start(CLOCK, DOOR, *options)
        self._start_door()
        for number in WEBS:
            self.wait_for_web(number)
        self._wait_for(HTTPSConnection(machine(DOOR), HTTPS, context=self._tls, timeout=5))

    def start(self, unit: str, number: int, *options: str) -> None:
        """As `systemctl start` does it on the machine of this number."""
        files = {
            "/etc/bulletin/machine.env": {"ADDRESS": machine(number)},
            "/etc/bulletin/s3.env": self._store,
        }
        command = unit_command(unit, self._machine(number), files)
        name = f"{unit} {number}"
        with (self._scratch / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [*command.words, *options],
                env=command.environment | self._environment,
                stdout=log,
                stderr=log,
            )
        self._targets[name] = f"{machine(number)}:{METRICS[unit]}"

    def kill(self, unit: str, number: int) -> None:
        """SIGKILL: it has no time to say goodbye."""
        process = self._processes.pop(f"{unit} {number}")
        process.kill()
        process.wait()

    def wait_for_web(self, number: int) -> None:
        port = int(WEB.partition("@")[2])
        self._wait_for(HTTPConnection(machine(number), port, timeout=5))

    def get(self, path: str) -> tuple[int, str]:
        """A page as residents get it, through the door."""
        return self._ask("GET", path)

    def post(self, path: str) -> tuple[int, str]:
        return self._ask("POST", path)

    def connect(self) -> HTTPSConnection:
        """To the door, with TLS, as a browser has it."""
        return HTTPSConnection(machine(DOOR), HTTPS, context=self._tls, timeout=PATIENCE)

    def scraped(self) -> list[Sample]:
        """What Prometheus knows of all processes that were ever started."""
        return [
            sample
            for name, address in self._targets.items()
            for sample in scrape(re.split("[@ ]", name)[0], address)
        ]

    def copy_of(self, number: int) -> Path:
        """The copy that the clock of a machine keeps."""
        return self._machine(number) / OWN["copy"]

    def stop(self) -> None:
        for process in self._processes.values():
            process.kill()
        for process in self._processes.values():
            process.wait()
        self._copies.close()

    def _ask(self, method: str, path: str) -> tuple[int, str]:
        with closing(self.connect()) as connection:
            connection.request(method, path, headers={"Host": NAME})
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status == HTTPStatus.MOVED_PERMANENTLY:  # of the copy, where a page is a folder
            return self._ask(method, f"{path}/")
        return answer.status, text

    def _machine(self, number: int) -> Path:
        """The data folder of a machine, with what the guide puts into it."""
        folder = self._scratch / f"machine-{number}"
        if not folder.exists():
            folder.mkdir()
            for name in SIGNING:
                folder.joinpath(name).write_bytes(self._settings.data.joinpath(name).read_bytes())
            lines = [f"{name} = {json.dumps(value)}" for name, value in self._file(folder).items()]
            folder.joinpath("bulletin.toml").write_text("\n".join(lines), encoding="utf-8")
        return folder

    def _file(self, folder: Path) -> dict[str, object]:
        """The guide's `bulletin.toml`, every line of it."""
        found = SETTINGS.search(SETUP.read_text(encoding="utf-8"))
        written = tomllib.loads(found[1]) if found else {}
        ours = {name: getattr(self._settings, name) for name in written if name not in OWN}
        if strange := [name for name, value in ours.items() if not value]:
            raise LookupError(f"the guide sets {strange}, and the test does not")
        return ours | {name: str(folder / below) for name, below in OWN.items()}

    def _start_door(self) -> None:
        folder = self.copy_of(DOOR)
        folder.mkdir(exist_ok=True)
        copies = self._copies.enter_context(behind_nginx(folder, self._scratch / "copies"))
        self._scratch.joinpath("nginx.conf").write_text(self._nginx(copies), encoding="utf-8")
        paths = ("-p", self._scratch, "-e", self._scratch / "error.log")
        command = [str(NGINX), *paths, "-c", self._scratch / "nginx.conf"]
        self._processes["door"] = subprocess.Popen(command)

    def _nginx(self, copies: str) -> str:
        """What docs/county/nginx.conf says, with the addresses of here and TLS as certbot writes it."""
        written = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
        written = re.sub(
            r"^  server \S+:8002 .*\n", "", written, flags=re.MULTILINE
        )  # one is enough
        written = re.sub(r"10\.0\.0\.(\d+)", lambda found: machine(int(found[1])), written)
        pair = "".join(f"  ssl_certificate{k} {self._scratch / f};\n" for k, f in PEM.items())
        listen = f"listen {machine(DOOR)}:{HTTPS} ssl;\n{pair}"
        written = written.replace("listen 80;", listen)
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

    def _wait_for(self, connection: HTTPConnection) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with closing(connection):
                    connection.request("GET", "/readyz", headers={"Host": NAME})
                    if connection.getresponse().status == HTTPStatus.OK:
                        return
            except (OSError, HTTPException):
                pass
            if time.monotonic() > until:
                logs = [each.read_text()[-2000:] for each in self._scratch.glob("*.log")]
                raise RuntimeError("\n".join(logs))
            time.sleep(0.2)
