"""Long work of each kind in the full village: of one that is looked at while it is done, of another what came of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bulletin.domain.people import Actor
from bulletin.services.boards.photos.order_photos import PHOTOS
from bulletin.services.catalog.order_import import CATALOG
from bulletin.services.long_jobs.job_kind import JobKind
from bulletin.services.notices.order_register import REGISTER, RegisterAsked, order_register
from bulletin.services.oversight.annual_report.order_report_check import (
    REPORT_CHECK,
    order_report_check,
)
from bulletin.services.oversight.annual_report.reporting_body import for_county
from bulletin.services.oversight.registers.close_ordered_year import CLOSING
from bulletin.store.long_jobs import LongJob
from support.annual_reports import as_page, filled, layouts, zeros
from support.full_township import FullVillage
from support.neighbours import actor_named


def fill_jobs(full: FullVillage, at: datetime) -> None:
    village, site = full.village, full.village.site
    county = for_county(actor_named(site, "county", village.password))
    asked = RegisterAsked("张家村", 2026, "csv")
    ready = order_register(site, village.li, asked, at)
    REGISTER.work_on(site, ready, lambda: at, lambda: False)
    full.ids["register_ready"] = ready
    full.ids["check_ready"] = _checked(full, county, at)
    closing = {"ledger": "requests", "year": 2025, "signers": "王示例"}
    for name, kind, actor, order in (
        ("register_waits", REGISTER, village.li, asdict(asked)),
        ("photos_wait", PHOTOS, village.li, {"board": village.boards[0], "keys": []}),
        ("import_waits", CATALOG, village.zheng, {}),
        ("closing_waits", CLOSING, village.wang, closing),
        ("check_waits", REPORT_CHECK, county, {"files": [], "county": None}),
    ):
        full.ids[name] = _under_way(full, kind, actor, order, at)


def _under_way(
    full: FullVillage, kind: JobKind, actor: Actor, order: dict[str, Any], at: datetime
) -> int:
    """Somebody elsewhere is at it, who gave a sign of life just now."""
    job_id = kind.order(full.village.site, actor, order, 10, at)
    with full.village.site.sessions.writing() as session:
        job = session.get_one(LongJob, job_id)
        job.worker, job.beat_at, job.done = "elsewhere", at, 3
    return job_id


def _checked(full: FullVillage, county: Actor, at: datetime) -> int:
    """A report that is right, one whose sums are not, one of the form before, and one that nobody can read."""
    site, (before, in_force) = full.village.site, list(layouts().values())[-2:]
    wrong = filled(in_force) | dict.fromkeys(list(zeros(in_force))[::17], 9)
    files = [
        ("示例甲乡2025年.html", as_page(in_force, filled(in_force))),
        ("示例乙乡2025年.html", as_page(in_force, wrong)),
        ("示例丙局2025年.html", as_page(before, filled(before))),
        ("示例丁局2025年.txt", "年度报告\n一、总体情况\n部分地区还有不足。".encode()),
    ]
    whole = ("示例县2025年.html", as_page(in_force, zeros(in_force)))
    job_id = order_report_check(site, county, files, whole, at)
    REPORT_CHECK.work_on(site, job_id, lambda: at, lambda: False)
    return job_id
