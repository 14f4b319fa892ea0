"""Every page of the application: who opens it, and its address in the full village.

A new page is added here, or below, with what is no page; tests/web/test_guard.py asks the application.
"""

from collections import Counter
from collections.abc import Iterator

from bulletin.domain.oversight.annual_report.findings import ReportVerdict
from bulletin.domain.oversight.work_of_year import WorkSection
from support.full_township import MERGED, RENAMED, FullVillage

RESIDENT = ""  # nobody signed in
LONG_REGISTER = "/desk/notices/register.csv"  # a page where it is long, else a file
TOWNSHIP, VILLAGE = "630223202", "630223202214"
Opened = tuple[str, str]  # login, address with names of the full village in braces

NOTICE_STATES = (
    "accounts",
    "roster",
    "corrected",
    "taken_down",
    "redacted",
    "cancelled",
    "in_review",
    "sent_back",
    "forced",
    "draft",
    "forwarded",
    "rolled",
    "fresh",
    "scheduled",
)
PUBLIC_STATES = ("accounts", "roster", "corrected", "taken_down", "redacted", "cancelled", "fresh")
EVERY_ROLE = ("li", "sun", "zhao", "tian", "wang", "chen", "wu", "zheng")


def _each(login: str, address: str, names: tuple[str, ...]) -> tuple[Opened, ...]:
    return tuple((login, address.replace("*", f"{{{name}}}")) for name in names)


PAGES: dict[str, tuple[Opened, ...]] = {
    "public.front": ((RESIDENT, "/"),),
    "public.no_code": ((RESIDENT, "/N/"),),
    "public.notice": (
        *_each(RESIDENT, "/N/*", PUBLIC_STATES),
        (RESIDENT, "/N/{corrected}.1"),
        (RESIDENT, "/N/{scheduled}.1"),
        (RESIDENT, "/N/XXXXXXXXXX.1"),
    ),
    "public.township": ((RESIDENT, f"/T/{TOWNSHIP}"),),
    "public.village": tuple(
        (RESIDENT, f"/V/{code}") for code in (VILLAGE, TOWNSHIP, MERGED, RENAMED)
    ),
    "public.year_list": ((RESIDENT, f"/V/{VILLAGE}/2026"), (RESIDENT, f"/V/{VILLAGE}/2026/1")),
    "public.current_list": ((RESIDENT, f"/V/{VILLAGE}/current/1"),),
    "public.group_list": tuple(
        (RESIDENT, f"/V/{VILLAGE}/{group}") for group in ("finance", "affairs/1", "party")
    ),
    "records.catalog": ((RESIDENT, f"/V/{VILLAGE}/catalog"), (RESIDENT, f"/V/{TOWNSHIP}/catalog")),
    "records.item": (
        (RESIDENT, f"/V/{VILLAGE}/catalog/finance.quarterly_accounts"),
        (RESIDENT, f"/V/{VILLAGE}/catalog/affairs.public_works"),
    ),
    "records.of_place": tuple((RESIDENT, f"/V/{code}/coverage") for code in (VILLAGE, TOWNSHIP, MERGED)),
    "records.of_year": ((RESIDENT, f"/V/{VILLAGE}/coverage/2026"),),
    "records.of_township": ((RESIDENT, f"/T/{TOWNSHIP}/coverage"), (RESIDENT, f"/T/{TOWNSHIP}/coverage/2026")),
    "records.of_site": ((RESIDENT, "/coverage"),),
    "records.matters_of": ((RESIDENT, f"/V/{VILLAGE}/matters"),),
    "records.meetings_of": ((RESIDENT, f"/V/{VILLAGE}/meetings"),),
    "records.report_of": ((RESIDENT, f"/T/{TOWNSHIP}/report/2025"), (RESIDENT, "/report/2025")),
    "records.attestations_of": (
        (RESIDENT, f"/V/{VILLAGE}/inspections"),
        (RESIDENT, f"/V/{VILLAGE}/inspections/1"),
    ),
    "subscriptions.follow": (
        (RESIDENT, f"/V/{VILLAGE}/follow?sent=1"),
        (RESIDENT, f"/V/{TOWNSHIP}/follow"),
    ),
    "subscriptions.own": ((RESIDENT, "/follow/{reader}"),),
    "find.find": (
        (RESIDENT, "/find"),
        (RESIDENT, "/find?q=收支"),
        (RESIDENT, "/find?q=年度报告"),
        (RESIDENT, "/find?q=收支&in=630223202"),
        (RESIDENT, "/find?q=无此 二字"),
    ),
    "board_check.board": (
        (RESIDENT, "/check/board"),
        (RESIDENT, "/check/board?seen={accounts}.1&others=2&unread=左上"),
    ),
    "paper_check.check": ((RESIDENT, "/check"), (RESIDENT, "/check?code={accounts}.1")),
    "ask.about_notice": ((RESIDENT, "/N/{accounts}/ask"),),
    "ask.about_place": ((RESIDENT, f"/V/{VILLAGE}/ask"),),
    "apply.form": ((RESIDENT, f"/V/{TOWNSHIP}/apply"),),
    "dialogue.receipt": ((RESIDENT, "/receipt"),),
    "feedback.every": (("li", "/desk/feedback"), ("wang", "/desk/feedback")),
    "feedback.one": (
        *(("li", f"/desk/feedback/{{{name}}}") for name in ("answered", "passed_on")),
        *(("wang", f"/desk/feedback/{{{name}}}") for name in ("answered", "asked")),
    ),
    "feedback_ledger.ledger": (("wu", "/desk/feedback/ledger"), ("wang", "/desk/feedback/ledger?show=waiting")),
    "feedback_ledger.summary": (("wu", "/desk/feedback/half-year"),),
    "feedback_entry.form": (("wang", "/desk/feedback/new"),),
    "listen.listen": ((RESIDENT, "/N/{accounts}/listen"),),
    "transparency.content_check": ((RESIDENT, "/N/{accounts}/check"),),
    "account.sign_in": ((RESIDENT, "/sign-in"),),
    "account.welcome": ((RESIDENT, "/sign-in/{welcome}"), (RESIDENT, "/sign-in/NOTHING")),
    "account.calendar": (("li", "/account/calendar"),),
    "account.password": (("li", "/account/password"),),
    "account.reminders": (("li", "/account/reminders"),),
    "today.today": tuple((login, "/desk") for login in EVERY_ROLE),
    "boards.boards": (("li", "/desk/boards"), ("zheng", "/desk/boards")),
    "boards.ledger": (("li", "/desk/boards/1/ledger"),),
    "boards.hang": _each("li", "/desk/notices/*/hang", ("fresh", "accounts")),
    "photos.reading": (("li", "/desk/boards/1/photos/{photos_wait}"),),
    "photos.photos": (("li", "/desk/boards/1/photos"),),
    "photos.visit": (("li", "/desk/visits/{visit}"), ("li", "/desk/visits/1")),
    "postings.correction": (("li", "/desk/postings/{posting}/correct"),),
    "catalogs.catalog": (("zheng", "/desk/catalog"), ("li", "/desk/catalog")),
    "imports.importing": (("zheng", "/desk/catalog/import/{import_waits}"),),
    "imports.begin": (("zheng", "/desk/catalog/import"),),
    "coverage.county": (("county", "/desk/county"),),
    "coverage.matrix": (("wu", "/desk/coverage"), ("li", "/desk/coverage")),
    "deputies.deputies": (("sun", "/desk/deputies"), ("zheng", "/desk/deputies")),
    "begin.choose": (("li", "/desk/drafts/new?duty={other}"), ("li", "/desk/drafts/new")),
    "duties.duties": (
        ("li", "/desk/duties"),
        ("wu", "/desk/duties?show=overdue"),
        ("li", "/desk/duties?show=all"),
    ),
    "duties.duty": (
        ("li", "/desk/duties/{duty}"),
        ("li", "/desk/duties/{other}"),
        ("tian", "/desk/duties/{attribute}"),
        ("chen", "/desk/duties/{proposed}"),
    ),
    "filings.filings": (("wang", "/desk/filings"),),
    "requests.ledger": (("wang", "/desk/requests"), ("wu", "/desk/requests")),
    "requests.one": (
        ("wang", "/desk/requests/{request}"),
        ("wu", "/desk/requests/{request}"),
        ("wang", "/desk/requests/{request_ended}"),
    ),
    "request_papers.letter": (
        ("wang", "/desk/requests/{request}/letters/new?kind=acknowledgement"),
        ("wang", "/desk/requests/{request_ended}/letters/new?kind=answer"),
    ),
    "request_papers.correction": (("wang", "/desk/requests/{request_ended}/correct"),),
    "sent_requests.one": (("wang", "/desk/requests/sent/{request_sent}"),),
    "escalations.every": (("wu", "/desk/escalations"), ("li", "/desk/escalations")),
    "escalations.late": (("wu", "/desk/escalations/late"),),
    "escalations.new": (("wu", "/desk/escalations/new?duty={late}"),),
    "escalations.one": (
        ("wu", "/desk/escalations/{order}"),
        ("li", "/desk/escalations/{order}"),
        ("tian", "/desk/escalations/{order}"),
    ),
    "trainings.every": (("wang", "/desk/trainings"), ("wu", "/desk/trainings")),
    "inspections.overview": (("wu", "/desk/inspections"), ("li", "/desk/inspections")),
    "inspections.one": (
        ("li", "/desk/inspections/{self_check}"),
        ("wu", "/desk/inspections/{inspection}"),
        ("li", "/desk/inspections/{inspection}"),
    ),
    "closings.closing": (("wang", "/desk/closings/jobs/{closing_waits}"),),
    "closings.every": (("wang", "/desk/closings"),),
    "closings.one": (("wang", "/desk/closings/{closing}"), ("wu", "/desk/closings/{closing}")),
    "emergency.every": (("wang", "/desk/emergency"), ("wu", "/desk/emergency")),
    "emergency.one": (("wang", "/desk/emergency/2"),),
    "registers.every": (("wang", "/desk/registers"), ("wu", "/desk/registers")),
    "registers.entry": (("wang", "/desk/registers/new"),),
    "annual.report": (
        ("wang", "/desk/annual/2026"),
        ("wang", "/desk/annual/2025"),
        ("wu", "/desk/annual/2025"),
        ("wang", "/desk/annual/2026?table=requests&row=received&column=total"),
        ("wang", "/desk/annual/2026?table=proactive&row=documents&column=issued"),
        ("county", "/desk/county/annual/2025"),
        ("county", "/desk/county/annual/2025?table=requests&row=received&column=total"),
    ),
    "matters.every": (("li", "/desk/matters"),),
    "matters.one": (("li", "/desk/matters/{matter}"),),
    "meetings.every": (("li", "/desk/meetings"),),
    "meetings.correction": (("li", "/desk/meetings/{meeting}/correct"),),
    "meetings.one": (("li", "/desk/meetings/{meeting}"),),
    "month.month": (("li", "/desk/month"), ("li", "/desk/month?month=2026-10")),
    "month.day": (("li", "/desk/month/2026-11-10"),),
    "notices.notices": (("li", "/desk/notices"), ("wu", "/desk/notices?show=all")),
    "notices.notice": (
        *_each("li", "/desk/notices/*", NOTICE_STATES),
        ("zhao", "/desk/notices/{forced}"),
    ),
    "notice_register.register": (("li", LONG_REGISTER),),
    "notice_register.ordered": (
        ("li", "/desk/notices/registers/{register_waits}"),
        ("li", "/desk/notices/registers/{register_ready}"),
    ),
    "bring.begin": (("li", "/desk/notices/{draft}/bring"), ("li", "/desk/notices/{sent_back}/bring")),
    "drafts.edit": _each("li", "/desk/notices/*/edit", ("draft", "sent_back", "forwarded", "rolled", "explains")),
    "recalls.photos": (("li", "/desk/notices/{redacted}/photos"),),
    "reviews.review": (*_each("sun", "/desk/notices/*/review", ("in_review", "draft")), ("zhao", "/desk/notices/{in_review}/review")),
    "reviews.reviews": (("sun", "/desk/reviews"), ("chen", "/desk/reviews")),
    "printing.sheet_pages": _each("li", "/desk/notices/*/sheet", ("draft", "accounts")),
    "printing.share": (("li", "/desk/notices/{fresh}/share"), ("li", "/desk/notices/{roster}/share")),
    "forwarding.form": (("li", "/desk/notices/forward"),),
    "outlets.outlets": (("zheng", "/desk/outlets"), ("tian", "/desk/outlets")),
    "outlets.late": (("wu", "/desk/outlets/{县政府网站}/late"), ("li", "/desk/outlets/{村民群}/late")),
    "outlets.send": (("tian", "/desk/outlets/{县政府网站}/{fresh}"), ("li", "/desk/outlets/{村民群}/{fresh}")),
    "airings.script": (("li", "/desk/outlets/{张家村广播}/{accounts}/script"), ("li", "/desk/outlets/{张家村广播}/{fresh}/script?rows=1")),
    "airings.slots": (("li", "/desk/outlets/{张家村广播}/slots"), ("zheng", "/desk/outlets/{张家村广播}/slots")),
    "airings.log": (("li", "/desk/outlets/airings?month=2026-10"), ("zheng", "/desk/outlets/airings")),
    "airings.correction": (("li", "/desk/outlets/airings/{aired}/correct"),),
    "packs.packs": (("li", "/desk/packs"),),
    "forms.forms": (("li", "/desk/papers"),),
    "people.people": (("zheng", "/desk/people"),),
    "people.person": (("zheng", "/desk/people/{invited}"), ("zheng", "/desk/people/{left}")),
    "search.found": (("li", "/desk/search"), ("li", "/desk/search?q=渠道"), ("li", "/desk/search?q=zzz")),
    "settings.settings": (("zheng", "/desk/settings"), ("li", "/desk/settings")),
    "reporting.progress": (("wang", "/desk/reporting?show=all"), ("wu", "/desk/reporting")),
    "reporting.tasks": (("wang", "/desk/reporting/tasks"), ("wu", "/desk/reporting/tasks")),
    "responsibilities.every": (("wang", "/desk/responsibilities"), ("wu", "/desk/responsibilities")),
    "supervision.overview": (
        ("wu", "/desk/supervision"),
        ("chen", "/desk/supervision?as_of=2026-10-20&period=2026-Q4"),
    ),
    "report_check.form": (("county", "/desk/county/report-check"),),
    "report_check.checked": (
        ("county", "/desk/county/report-check/{check_waits}"),
        *(("county", f"/desk/county/report-check/{{check_ready}}?show={each}") for each in ReportVerdict),
    ),
    "supervision_county.townships": (("county", "/desk/county/supervision"),),
    "work_of_year.townships": tuple(("county", f"/desk/county/work?show={each}") for each in WorkSection),
    "supervision.items": (("wu", "/desk/supervision/items"),),
    "supervision.people": (("wu", "/desk/supervision/people"),),
    "supervision.sheets": (("wu", "/desk/supervision/sheets?as_of=2027-03-01"),),
    "villages.all_villages": (("zheng", "/desk/villages"),),
}  # fmt: skip
NOWHERE = (
    (RESIDENT, "/nothing"),
    ("li", "/desk/nothing"),
    ("li", "/desk/people"),
)  # and the way back
PRESSED = (  # what stands behind a button, and has no address of its own
    ("zheng", "/desk/people/{invited}", "重设密码，念给本人"),
    ("zheng", "/desk/people/{invited}", "再出一张登录条"),
)
NO_PAGES = {  # files, pictures, and what scripts ask
    "closings.minutes",
    "closings.sealed",
    "closings.scan",
    "account.calendar_file",
    "annual.file",
    "begin.old_figures",
    "boards.hung_sheet",
    "boards.photo",
    "coverage.file",
    "coverage.sums_file",
    "drafts.check",
    "feeds.of_group",
    "feeds.of_place",
    "feeds.of_site",
    "feeds.of_township",
    "finance.money",
    "editor_script.script",
    "escalations.paper",
    "escalations.scanned",
    "style_sheets.joined",
    "feedback.photo",
    "feedback_ledger.paper",
    "forms.form",
    "health.healthz",
    "health.readyz",
    "jobs.progress",
    "meetings.minutes",
    "notices.file",
    "notice_register.file",
    "packs.file",
    "packs.progress",
    "photos.arrived",
    "photos.photo",
    "printing.cover",
    "printing.kept",
    "printing.share_picture",
    "printing.sheet",
    "printing.sheet_picture",
    "printing.shop_picture",
    "records.catalog_file",
    "records.report_file",
    "registers.file",
    "request_papers.issued",
    "requests.file",
    "public.file",
    "public.paper",
    "public.robots",
    "recalls.picture",
    "subscriptions.own_feed",
    "reporting.paper",
    "responsibilities.paper",
    "supervision.board",
    "supervision.paper",
    "supervision.workbook",
    "supervision_county.workbook",
    "work_of_year.workbook",
    "trainings.material",
    "transparency.checkpoint",
    "transparency.content",
    "transparency.key",
    "transparency.successions",
    "transparency.tile",
}


def page_groups(most: int) -> list[tuple[str, int]]:
    """Who opens pages, and where the pages begin that are opened together: at most so many."""
    counts = Counter(login for login, _, _ in _every_page())
    return [(login, first) for login in counts for first in range(0, counts[login], most)]


def opened_pages(full: FullVillage) -> Iterator[tuple[str, str, str]]:
    """Every page: who opens it, its address on the site, and the button that is pressed there, or ''.

    Pages that the same person opens come together.
    """
    names = {**full.codes, **full.ids, **full.tokens}
    for login, address, button in _every_page():
        yield login, address.format(**names), button


def _every_page() -> list[tuple[str, str, str]]:
    opened = [(*page, "") for pages in (*PAGES.values(), NOWHERE) for page in pages]
    return sorted([*opened, *PRESSED], key=lambda page: page[0])
