"""The full village, filled once in a run: that takes seconds. Whoever opens it has a copy."""

import pickle
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from bulletin.services.site import Site
from bulletin.settings import Settings
from bulletin.wiring import open_site
from support.builders import Village, found_village
from support.clock import NOON
from support.databases import migrate
from support.full_township import FullVillage
from support.full_village import fill_village
from support.once import made_once

ADDRESS = "https://gk.huzhu.example.cn"


def filled_settings(factory: pytest.TempPathFactory, folder: Path) -> Settings:
    """Settings of a site of one's own in a folder, with everything that is in the full village."""
    shutil.copytree(_filled(factory) / "data", folder, dirs_exist_ok=True)
    return settings_in(folder)


def full_village_in(factory: pytest.TempPathFactory, site: Site) -> FullVillage:
    """Where everything is found in a site that `filled_settings` opened."""
    of_village, of_full = pickle.loads((_filled(factory) / "told").read_bytes())  # noqa: S301 - ours
    return FullVillage(Village(site, **of_village), **of_full)


def settings_in(folder: Path) -> Settings:
    return Settings(data=folder, public_url=ADDRESS, insecure_cookies=True)


def _filled(factory: pytest.TempPathFactory) -> Path:
    return made_once(factory, "full village", _fill)


def _fill(folder: Path) -> None:
    settings = settings_in(folder / "data")
    settings.data.mkdir()
    migrate(settings)
    site = open_site(settings)
    full = fill_village(found_village(site, NOON))
    site.sessions.close()
    told = _told(full.village, "site"), _told(full, "village")
    (folder / "told").write_bytes(pickle.dumps(told))


def _told(what: Village | FullVillage, but: str) -> dict[str, object]:
    return {each.name: getattr(what, each.name) for each in fields(what) if each.name != but}
