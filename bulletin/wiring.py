"""Puts together the site from its settings, and the web application and the clock from the site."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from importlib.resources import files as package_files
from pathlib import Path
from typing import TypedDict

from flask import Flask

from bulletin.clock.jobs import NO_MORE, Act
from bulletin.clock.scheduler import Scheduler
from bulletin.domain.accounts.forms import FinanceForm
from bulletin.domain.catalog.items import Catalog
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.matters import MatterKind
from bulletin.domain.duties.reminders import ReminderPlan
from bulletin.domain.errors import Misconfigured
from bulletin.domain.feedback.clocks import ReplyRules
from bulletin.domain.languages.language import Language
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.oversight.annual_report.drafts import ReportText
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.domain.oversight.escalation.steps import EscalationRules
from bulletin.domain.oversight.inspections.form import InspectionForm
from bulletin.domain.oversight.requests.rules import RequestRules
from bulletin.domain.ticks import Tick
from bulletin.messaging.notifier import Notifier
from bulletin.readers.languages import read_languages
from bulletin.schedules.annual_report import load_report_layouts
from bulletin.schedules.annual_report_text import load_report_text
from bulletin.schedules.calendar import load_calendar
from bulletin.schedules.catalog import load_catalog
from bulletin.schedules.escalation import load_escalation
from bulletin.schedules.finance_forms import load_finance_forms
from bulletin.schedules.information_requests import load_request_rules
from bulletin.schedules.inspections import load_inspections
from bulletin.schedules.matters import load_matters
from bulletin.schedules.procedures import load_procedures
from bulletin.schedules.reminders import load_reminders
from bulletin.schedules.replies import load_replies
from bulletin.schedules.ticks import load_ticks
from bulletin.services.site import Site
from bulletin.settings import Settings
from bulletin.shared.store_address import open_counts
from bulletin.sheets.compose import Composer
from bulletin.sheets.facts import FontChoice
from bulletin.store.bucket import is_bucket
from bulletin.store.engine import Sessions, make_engine
from bulletin.store.files.open import open_files
from bulletin.store.files.relocation import MovingFiles
from bulletin.store.files.store import FileStore
from bulletin.store.key_folder import KeyFolder
from bulletin.store.replica import Replica
from bulletin.web import create_app
from bulletin.web.request_context import read_clock
from bulletin.workers.queues import open_queue
from bulletin.writers.broadcast.speech_engine import read_command


def folder(name: str) -> Path:
    """`templates` or `schedules`: inside the installed wheel, or beside the package in a checkout."""
    packaged = Path(str(package_files("bulletin"))) / f"_{name}"
    beside = Path(__file__).resolve().parent.parent / name
    for path in (packaged, beside):
        if path.is_dir():
            return path
    raise Misconfigured(f"the folder {name}/ is missing beside or inside the package; reinstall it")


def write_in_private() -> None:
    """What this process writes holds personal data: other accounts of the machine can't read it."""
    os.umask(0o077)


def open_site(settings: Settings) -> Site:
    """Put the site together. An error in any schedule stops it with file, line and remedy."""
    schedules, templates = folder("schedules"), folder("templates")
    keys = KeyFolder(settings.data)
    keys.secret()
    files = open_files(settings.files_address)
    moving = _moving(settings, files)
    return Site(
        **_schedules(schedules),
        sessions=Sessions(make_engine(settings.database), _replica(settings)),
        queue=open_queue(settings.database, wanted=settings.queue),
        counts=open_counts(settings.shared_store),
        data=settings.data,
        files=moving or files,
        moving=moving,
        notifier=Notifier(settings.mail),
        languages=partial(_languages, settings.languages),
        composer=_composer(settings, templates),
        keys=keys,
        public_url=settings.public_url,
        copy=settings.copy,
        former_hosts=frozenset(settings.former_hosts.lower().replace(",", " ").split()),
        reading_place=settings.reading_place.strip(),
        rehearsal=settings.rehearsal,
        speech=read_command(settings.speech),
        backup_dir=Path(settings.backup_dir) if settings.backup_dir else None,
        session_hours=settings.session_hours,
        horizon_days=settings.horizon_days,
        promptly_days=settings.promptly_days,
        objection_days=settings.objection_days,
        report_due=settings.report_due,
    )


def _replica(settings: Settings) -> Replica | None:
    return Replica(make_engine(settings.read_url)) if settings.read_url else None


def open_elsewhere(site: Site, database: str, files: str) -> Site:
    """Another house with the same rules.

    Args:
        database: its address.
        files: where it keeps its files.
    """
    sessions = Sessions(make_engine(database))
    return replace(site, sessions=sessions, files=open_files(files), moving=None)


class Schedules(TypedDict):
    """What the files of `schedules/` say."""

    catalog: Catalog
    matter_kinds: tuple[MatterKind, ...]
    procedures: dict[str, Procedure]
    ticks: tuple[Tick, ...]
    reminders: ReminderPlan
    replies: ReplyRules
    calendar: WorkCalendar
    finance_forms: tuple[FinanceForm, ...]
    report_layouts: tuple[Layout, ...]
    report_text: ReportText
    requests: RequestRules
    inspections: InspectionForm
    escalation: EscalationRules


@cache
def _schedules(folder: Path) -> Schedules:
    """Read once a process: a change takes effect with the next start."""
    catalog = load_catalog(folder / "catalog.yaml")
    layouts = load_report_layouts(folder / "annual_report.yaml")
    return Schedules(
        catalog=catalog,
        matter_kinds=load_matters(folder / "matters.yaml", catalog),
        procedures=load_procedures(folder / "procedures.yaml"),
        ticks=load_ticks(folder / "ticks.yaml"),
        reminders=load_reminders(folder / "reminders.yaml"),
        replies=load_replies(folder / "replies.yaml"),
        calendar=load_calendar(folder / "holidays"),
        finance_forms=load_finance_forms(folder / "finance_forms.yaml", catalog),
        report_layouts=layouts,
        report_text=load_report_text(folder / "annual_report_text.yaml", layouts),
        requests=load_request_rules(folder / "information_requests.yaml", layouts[-1]),
        inspections=load_inspections(folder / "inspections.yaml"),
        escalation=load_escalation(folder / "escalation.yaml"),
    )


def _moving(settings: Settings, files: FileStore) -> MovingFiles | None:
    former, name = settings.former_files, "former_files (BULLETIN_FORMER_FILES)"
    if not former:
        return None
    if not is_bucket(former):
        _existing_folder(
            former, name
        )  # or a slip of the pen looks like a store with nothing left in it
    if former == settings.files_address:
        raise Misconfigured(f"{name}: files are there already; take it out")
    return MovingFiles(files, open_files(former))


def _composer(settings: Settings, templates: Path) -> Composer:
    packaged = templates / "sheets"
    sheets = _existing_folder(settings.sheet_templates, "BULLETIN_SHEET_TEMPLATES") or packaged
    _existing_folder(settings.font_dir, "BULLETIN_FONT_DIR")
    own = [settings.fonts] if settings.fonts.is_dir() else []
    fonts = FontChoice(
        body=settings.body_font or FontChoice.body, title=settings.title_font or FontChoice.title
    )
    return Composer(sheets, [*own, packaged / "fonts"], fonts)


@cache
def _languages(own: Path) -> tuple[Language, ...]:
    """Read once a process, by those alone that say something to residents."""
    return read_languages([folder("templates") / "languages", own])


def _existing_folder(path: str, name: str) -> Path | None:
    if not path:
        return None
    if not Path(path).is_dir():
        raise Misconfigured(f"{name}: there is no folder {path}")
    return Path(path)


def make_app(settings: Settings, site: Site, clock: Callable[[], datetime] = read_clock) -> Flask:
    """The web application."""
    return create_app(
        site,
        templates=folder("templates") / "web",
        secret=KeyFolder(settings.data).secret(),
        languages=site.languages(),
        behind_proxy=settings.behind_proxy,
        insecure_cookies=settings.insecure_cookies,
        clock=clock,
    )


def make_clock(
    site: Site, clock: Callable[[], datetime], further: Mapping[str, Act] = NO_MORE
) -> Scheduler:
    """The clock; a language that can't be read stops it before it starts, not a letter."""
    site.languages()
    return Scheduler(site, clock, further)
