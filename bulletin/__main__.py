"""python -m bulletin: puts the site together and runs the command line."""

from pathlib import Path

from bulletin.cli import run_cli
from bulletin.cli.context import AppFactories
from bulletin.clock.jobs import tick_once
from bulletin.copy_reader import copy_site
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.schedules.annual_report import load_report_layouts
from bulletin.schedules.procedures import load_procedures
from bulletin.settings import Settings, read_house, read_settings
from bulletin.web.metrics import create_metrics
from bulletin.wiring import (
    folder,
    hand_over_keys,
    make_app,
    make_clock,
    open_elsewhere,
    open_site,
    write_in_private,
)


def main() -> None:
    write_in_private()
    run_cli(
        AppFactories(
            settings=read_settings,
            passing_settings=lambda data: Settings(data=data),
            open_site=open_site,
            open_elsewhere=open_elsewhere,
            read_house=read_house,
            hand_over_keys=hand_over_keys,
            make_app=make_app,
            copy_site=copy_site,
            make_metrics=create_metrics,
            make_clock=make_clock,
            tick_once=tick_once,
            schedules=_schedules,
            procedures=_procedures,
            report_layouts=_report_layouts,
        )
    )


def _schedules() -> Path:
    return folder("schedules")


def _procedures() -> dict[str, Procedure]:
    return load_procedures(_schedules() / "procedures.yaml")


def _report_layouts() -> tuple[Layout, ...]:
    return load_report_layouts(_schedules() / "annual_report.yaml")


if __name__ == "__main__":
    main()
