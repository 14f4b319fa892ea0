"""The copy of the village in which everything happened once, made once a run, with the site beside it."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bulletin.copy_reader import copy_site
from bulletin.settings import Settings
from bulletin.wiring import open_site
from support.builders import found_village
from support.clock import NOON
from support.databases import migrate
from support.full_village import LOOKED_AT, fill_village
from support.once import made_once
from support.page_addresses import RESIDENT, opened_pages

ADDRESS = "https://gk.huzhu.example.cn"


@dataclass(frozen=True)
class FullCopy:
    """The copy, and the settings of the site that it was made of: to be read only."""

    folder: Path
    settings: Settings
    codes: dict[str, str]  # of its notices, by what they are
    pages: tuple[str, ...]  # every kind of residents' page that the copy has


def full_copy(factory: pytest.TempPathFactory) -> FullCopy:
    made = made_once(factory, "copy of a full village", _make)
    told = json.loads((made / "told.json").read_text("utf-8"))
    return FullCopy(made / "copy", _settings(made), told["codes"], tuple(told["pages"]))


def _settings(folder: Path) -> Settings:
    return Settings(data=folder / "data", public_url=ADDRESS, insecure_cookies=True)


def _make(folder: Path) -> None:
    settings = _settings(folder)
    settings.data.mkdir()
    migrate(settings)
    site = open_site(settings)
    full = fill_village(found_village(site, NOON))
    copy_site(settings, site, folder / "copy", ADDRESS, LOOKED_AT, frozenset({"en"}))
    site.sessions.close()
    opened = (path for who, path, _ in opened_pages(full) if who == RESIDENT)
    paths = dict.fromkeys(path.partition("?")[0] for path in opened)
    pages = [path for path in paths if (folder / "copy" / path[1:] / "index.html").exists()]
    told = json.dumps({"codes": full.codes, "pages": pages})
    (folder / "told.json").write_text(told, encoding="utf-8")
