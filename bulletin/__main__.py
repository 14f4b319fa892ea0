"""python -m bulletin: puts the house together and hands it to the command line."""

from dataclasses import replace
from pathlib import Path

from bulletin.cli import run
from bulletin.cli.roof import Roof
from bulletin.clock.ticking import tick_once
from bulletin.domain.procedures import Procedure
from bulletin.schedules.procedures import load_procedures
from bulletin.settings import Settings, read_settings
from bulletin.wiring import folder, make_app, make_clock, open_house


def _as_demo(settings: Settings, public_url: str) -> Settings:
    """A demo is a rehearsal: its codes lead to this machine, its desk works without HTTPS."""
    return replace(settings, public_url=public_url, rehearsal=True, insecure_cookies=True)


def main() -> None:
    run(
        Roof(
            settings=read_settings,
            open_house=open_house,
            make_app=make_app,
            make_clock=make_clock,
            tick_once=tick_once,
            as_demo=_as_demo,
            schedules=_schedules,
            procedures=_procedures,
        )
    )


def _schedules() -> Path:
    return folder("schedules")


def _procedures() -> dict[str, Procedure]:
    return load_procedures(_schedules() / "procedures.yaml")


if __name__ == "__main__":
    main()
