"""The copy of the village in which everything happened once, made once a run, with the site beside it."""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bulletin.copy_reader import copy_site
from bulletin.settings import Settings
from bulletin.wiring import open_site
from support.filled import ADDRESS, filled_settings, full_village_in, settings_in
from support.full_village import LOOKED_AT
from support.once import made_once
from support.page_addresses import RESIDENT, opened_pages


@dataclass(frozen=True)
class FullCopy:
    """The copy, and the settings of the site that it was made of: to be read only."""

    folder: Path
    settings: Settings
    codes: dict[str, str]  # of its notices, by what they are
    pages: tuple[str, ...]  # every kind of residents' page that the copy has


def full_copy(factory: pytest.TempPathFactory) -> FullCopy:
    made = made_once(factory, "copy of a full village", partial(_make, factory))
    told = json.loads((made / "told.json").read_text("utf-8"))
    return FullCopy(made / "copy", settings_in(made / "data"), told["codes"], tuple(told["pages"]))


def _make(factory: pytest.TempPathFactory, folder: Path) -> None:
    settings = filled_settings(factory, folder / "data")
    site = open_site(settings)
    full = full_village_in(factory, site)
    copy_site(settings, site, folder / "copy", ADDRESS, LOOKED_AT, frozenset({"en"}))
    site.sessions.close()
    opened = (path for who, path, _ in opened_pages(full) if who == RESIDENT)
    paths = dict.fromkeys(path.partition("?")[0] for path in opened)
    pages = [path for path in paths if (folder / "copy" / path[1:] / "index.html").exists()]
    told = json.dumps({"codes": full.codes, "pages": pages})
    (folder / "told.json").write_text(told, encoding="utf-8")
