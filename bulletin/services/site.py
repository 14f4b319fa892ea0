"""The site: everything a verb needs, put together once by the wiring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.domain.accounts.forms import FinanceForm
from bulletin.domain.catalog.items import Catalog
from bulletin.domain.codes import host_of
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.matters import MatterKind
from bulletin.domain.duties.reminders import ReminderPlan
from bulletin.domain.feedback.clocks import ReplyRules
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.notices.workflow import Act
from bulletin.domain.oversight.annual_report.drafts import ReportText
from bulletin.domain.oversight.annual_report.layout import Layout, layout_of
from bulletin.domain.oversight.escalation.steps import EscalationRules
from bulletin.domain.oversight.inspections.form import InspectionForm
from bulletin.domain.oversight.requests.rules import RequestRules
from bulletin.domain.ticks import Tick
from bulletin.messaging.notifier import Notifier
from bulletin.shared.counts import SharedCounts
from bulletin.sheets.compose import Composer
from bulletin.store.engine import Sessions
from bulletin.store.files.relocation import MovingFiles
from bulletin.store.files.store import FileStore
from bulletin.store.key_folder import KeyFolder
from bulletin.workers.work_queue import WorkQueue
from bulletin.writers.broadcast.speech_engine import SpeechEngine


@dataclass(frozen=True, eq=False)  # one is no other, and can be asked about
class Site:
    sessions: Sessions
    data: Path  # the data folder: what this machine alone keeps
    files: FileStore
    queue: WorkQueue  # who does long work
    counts: SharedCounts  # of all web processes
    catalog: Catalog  # the standard catalog as the files have it today
    matter_kinds: tuple[MatterKind, ...]
    procedures: Mapping[str, Procedure]
    ticks: tuple[Tick, ...]
    reminders: ReminderPlan
    replies: ReplyRules
    finance_forms: tuple[FinanceForm, ...]
    report_layouts: tuple[Layout, ...]  # of the annual report, the one in force last
    report_text: ReportText  # what its words may name, and begin with
    requests: RequestRules
    inspections: InspectionForm
    escalation: EscalationRules
    notifier: Notifier
    languages: Callable[[], tuple[Language, ...]]  # of residents, read at the first need
    calendar: WorkCalendar
    composer: Composer
    keys: KeyFolder  # that sign the checkpoints of the history, forms and who is signed in
    public_url: str  # what the QR codes lead to
    reading_place: str  # where residents read, when their own network does not reach the site
    rehearsal: bool  # codes may lead to this machine
    former_hosts: frozenset[str] = frozenset()  # that papers on the wall may still lead to
    moving: MovingFiles | None = None  # `files`, while they come from another store
    copy: str = ""  # where the clock keeps the plain-file copy; '' for nowhere
    copied: bool = False  # speaks for the plain-file copy of the public site
    speech: SpeechEngine | None = None  # that reads broadcast scripts
    backup_dir: Path | None = None  # the second folder, best on another disk
    session_hours: int = 12  # a sign-in lasts this long without use
    horizon_days: int = 60  # duties open this far ahead
    soon_days: int = 7
    promptly_days: int = 10  # 随时, 及时 in natural days
    objection_days: int = 10  # within which an objection is answered
    report_due: str = ""  # by when the county wants last year's annual report; '' as catalogs say

    def for_those_here(self) -> "Site":
        """As the clock works with it: townships that moved away are served by their new house."""
        return replace(self, sessions=self.sessions.of_those_here())

    def is_ours(self, host: str) -> bool:
        """Whether a code that leads to this host can be one that was printed here."""
        return not self.public_url or host in {host_of(self.public_url), *self.former_hosts}

    def language(self, tag: str) -> Language:
        """In which residents read and are written to; Chinese, where it was taken away since."""
        if tag == CHINESE.tag:
            return CHINESE
        return next((each for each in self.languages() if each.tag == tag), CHINESE)

    def report_layout(self, year: int) -> Layout:
        """The form of the annual report of a year."""
        return layout_of(self.report_layouts, year)

    def layout_named(self, name: str, year: int) -> Layout:
        """The form that a report of a year was written in; the form of its year where nobody knows that one."""
        named = (layout for layout in self.report_layouts if layout.name == name)
        return next(named, self.report_layout(year))

    def procedure(self, name: str) -> Procedure:
        return self.procedures[name]

    def steps(self, name: str) -> tuple[Act, ...]:
        return tuple(step.act for step in self.procedures[name].steps)
