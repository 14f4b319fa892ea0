"""The units of docs/county as systemd would start them: what is written there is what runs."""

import os
import re
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from support.paths import ROOT

FOLDER = ROOT / "docs" / "county"
PROGRAM, DATA = "/srv/bulletin/venv/bin/bulletin", "/srv/bulletin/data"
OURS = ("AWS_", "BULLETIN_")  # systemd gives a process none of what the tests have


@dataclass(frozen=True)
class UnitCommand:
    words: tuple[str, ...]
    environment: dict[str, str]


def unit_command(name: str, data: Path, files: Mapping[str, Mapping[str, str]]) -> UnitCommand:
    """What `systemctl start bulletin-web@8001` starts on a machine.

    Args:
        data: its data folder.
        files: the lines of its EnvironmentFiles, by their paths.
    """
    kind, _, instance = name.partition("@")
    file = FOLDER / f"{kind}{'@' if instance else ''}.service"
    given: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if key == "Environment":
            given |= dict([value.split("=", 1)])
        elif key == "EnvironmentFile" and (not value.startswith("-") or value[1:] in files):
            given |= files[value.removeprefix("-")]
        elif key == "ExecStart":
            command = value.replace("%i", instance)
    words = [re.sub(r"\$\{(\w+)\}", lambda found: given[found[1]], w) for w in shlex.split(command)]
    there = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return UnitCommand(tuple(_here(words, data)), there | given)


def _here(words: list[str], data: Path) -> list[str]:
    """The program and the data folder of the guide are elsewhere."""
    at = words.index(PROGRAM)
    words[words.index(DATA)] = str(data)
    return [*words[:at], sys.executable, "-m", "bulletin", *words[at + 1 :]]
