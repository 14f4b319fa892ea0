"""Settings: read once, typed; a bad value stops the start with its name and the remedy.

They come from `BULLETIN_*` environment variables, then from `bulletin.toml` in the data folder.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bulletin.domain.errors import Misconfigured
from bulletin.setting_values import READ_AS, boolean, count, database_address

SETTINGS_FILE = "bulletin.toml"
PREFIX = "BULLETIN_"


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; `docs/settings.md` explains each."""

    data: Path = Path("data")  # the data folder: database, files, secret
    database_url: str = ""  # empty: SQLite in the data folder
    read_url: str = ""  # a replica of that database; empty: all is read where it is written
    queue: bool = False  # long work is done by `bulletin worker` processes; needs PostgreSQL
    shared_store: str = (
        ""  # what all web processes count in: redis://127.0.0.1:6379; empty: each its own
    )
    former_files: str = ""  # where files came from that are being moved: a folder or s3://…
    files: str = ""  # where files are kept: s3://bucket/prefix; empty: a folder of the data folder
    township: str = ""  # in a county: the code of the township that the command line speaks for
    public_url: str = ""  # what the QR codes lead to: https://gk.huzhu.gov.cn
    former_hosts: str = ""  # that papers still hanging lead to: gk.old.gov.cn, 10.1.2.3:8000
    reading_place: str = ""  # where residents read in a closed network: 村委会，连无线网“村务公开”
    rehearsal: bool = False  # codes may lead to this machine
    copy: str = (
        ""  # where the clock keeps the plain-file copy of the public site: a folder or s3://…
    )
    copy_url: str = ""  # where that is published; empty: public_url
    copy_forms: str = ""  # where its forms are sent: the application's own name
    backup_dir: str = ""  # the second folder, for daily backups and the copy of the history
    mail: str = ""  # the mail server for reminders: mailtos://user:password@smtp.example.cn
    speech: str = (
        ""  # the program that reads broadcast scripts: espeak-ng -v cmn -f {text} -w {sound}
    )
    metrics: str = ""  # where Prometheus scrapes: 127.0.0.1:9108; empty: nowhere
    sheet_templates: str = ""  # the office's own copy of templates/sheets, with its letterhead
    font_dir: str = (
        ""  # the office's own fonts, for example 仿宋_GB2312; empty: `fonts` in the data folder
    )
    body_font: str = ""  # family name of the body; empty: the packaged Noto Serif SC
    title_font: str = ""  # family name of the title
    behind_proxy: bool = False  # trust X-Forwarded-* of one proxy in front
    insecure_cookies: bool = False  # sign-in without HTTPS, in a closed office network
    session_hours: int = 12  # a sign-in lasts this long without use
    horizon_days: int = 60  # duties open this far ahead
    promptly_days: int = 10  # 随时、及时, in natural days
    objection_days: int = 10  # within which an objection is answered
    report_due: str = (
        ""  # the county's day for last year's annual report, 02-20; empty: the catalog's
    )

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{(self.data / 'bulletin.db').resolve()}"

    @property
    def files_address(self) -> str:
        return self.files or str(self.data / "files")

    @property
    def fonts(self) -> Path:
        """The folder of the office's own fonts, which need not exist."""
        return Path(self.font_dir) if self.font_dir else self.data / "fonts"

    @property
    def languages(self) -> Path:
        """The folder of the office's own languages for residents' pages, which need not exist."""
        return self.data / "languages"


def read_settings(data: Path | None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of a data folder.

    Args:
        data: from the command line; empty: BULLETIN_DATA, then ./data.

    Raises:
        Misconfigured: an unknown name or a value of the wrong kind.
    """
    folder = data or Path(environ.get(f"{PREFIX}DATA", "") or Settings.data)
    raw: dict[str, tuple[Any, str]] = {}  # with where each was found
    file = folder / SETTINGS_FILE
    if file.exists():
        raw |= _from_file(file)
    for field in fields(Settings):
        name = f"{PREFIX}{field.name.upper()}"
        if field.name != "data" and environ.get(name) is not None:
            raw[field.name] = (environ[name], name)
    values = {name: _typed(name, value, where) for name, (value, where) in raw.items()}
    return Settings(data=folder, **values)


def read_house(to: str, files: str) -> tuple[str, str]:
    """Where another house has its database, and where its files.

    Args:
        to: the address of a database, or a data folder.
        files: a folder or bucket; empty: that of the data folder.

    Raises:
        Misconfigured: it is no address, or says nothing of the files.
    """
    if "://" not in to:
        house = Settings(data=Path(to))
        return house.database, files or house.files_address
    if not files:
        raise Misconfigured(
            "--files: name where the new house keeps its files, as its BULLETIN_FILES says it"
        )
    return database_address(to, "--to"), files


def _from_file(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file}: not valid TOML: {error}") from error
    known = {field.name for field in fields(Settings)} - {"data"}
    for name in values:
        if name not in known:
            raise Misconfigured(
                f"{file}: unknown setting {name!r}; known: {', '.join(sorted(known))}"
            )
    return {name: (value, f"{name} in {file}") for name, value in values.items()}


def _typed(name: str, value: Any, where: str) -> Any:
    kind = type(getattr(Settings, name))
    if kind is bool:
        return boolean(value, where)
    if kind is int:
        return count(value, where)
    if not isinstance(value, str):
        raise Misconfigured(f"{where}: expected text in quotes, got {value!r}")
    return READ_AS[name](value, where) if name in READ_AS else value
