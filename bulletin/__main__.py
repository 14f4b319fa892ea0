"""python -m bulletin: puts the site together and runs the command line."""

import gc

gc.disable()  # what is being loaded is no garbage, and looking for some took a fifth of each start

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from bulletin.cli import run_cli
from bulletin.cli.context import AppFactories
from bulletin.clock.jobs import tick_once
from bulletin.clock.scheduler import Scheduler
from bulletin.copy_keeper import acts_of_copy
from bulletin.copy_reader import copy_site
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.house_keys import hand_over_keys, other_keys
from bulletin.memory import leave_out_loaded
from bulletin.schedules.annual_report import load_report_layouts
from bulletin.schedules.procedures import load_procedures
from bulletin.services.site import Site
from bulletin.settings import Settings, read_house, read_settings
from bulletin.web.metrics import create_metrics
from bulletin.wiring import (
    folder,
    make_app,
    make_clock,
    open_elsewhere,
    open_site,
    write_in_private,
)

gc.enable()  # also in a process that loads this as another one's, and begins elsewhere


def main() -> None:
    leave_out_loaded()
    write_in_private()
    run_cli(
        AppFactories(
            settings=read_settings,
            passing_settings=lambda data: Settings(data=data),
            open_site=open_site,
            open_elsewhere=open_elsewhere,
            read_house=read_house,
            other_keys=other_keys,
            hand_over_keys=hand_over_keys,
            make_app=make_app,
            copy_site=partial(copy_site, looks_over=True),  # by hand where something seems wrong
            make_metrics=create_metrics,
            make_clock=_make_clock,
            tick_once=_tick_once,
            schedules=_schedules,
            procedures=_procedures,
            report_layouts=_report_layouts,
        )
    )


def _make_clock(settings: Settings, site: Site, clock: Callable[[], datetime]) -> Scheduler:
    return make_clock(site, clock, acts_of_copy(settings))


def _tick_once(
    settings: Settings, site: Site, now: datetime, say: Callable[[str, str], object]
) -> None:
    tick_once(site, now, acts_of_copy(settings), say)


def _schedules() -> Path:
    return folder("schedules")


def _procedures() -> dict[str, Procedure]:
    return load_procedures(_schedules() / "procedures.yaml")


def _report_layouts() -> tuple[Layout, ...]:
    return load_report_layouts(_schedules() / "annual_report.yaml")


if __name__ == "__main__":
    main()
