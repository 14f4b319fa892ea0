"""Every long list of the desk is narrowed and paged in one way."""

import re
from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.paths import ROOT

from bulletin.domain import pages
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.duties.open_matter import begin_matter
from bulletin.services.meetings.record import NewMeeting, record_meeting
from bulletin.services.outlets.register_outlet import NewOutlet, register_outlet

TEMPLATES = ROOT / "templates/web/desk"
VIEWS = ROOT / "bulletin/web/desk"
SHORT = {  # lists that no township makes long: each with why
    "airing_log.html": "what the loudspeakers of one place aired in a month, printed whole",
    "_annual_tables.html": "the rows of a statutory form",
    "catalog.html": "the items of one catalog, folded under their groups",
    "county.html": "the townships of one county",
    "deputies.html": "who is away these days",
    "supervision_county.html": "the townships of one county",
    "work_of_year.html": "the townships of one county",
    "reporting_tasks.html": "the items of one catalog, printed whole",
    "feedback_half_year.html": "the villages that were asked in half a year, printed whole",
    "import_preview.html": "the rows of one file, each of which is decided about",
}


@pytest.mark.sqlite_only(reason="templates alone")
def test_a_list_without_pages_says_why_it_stays_short():
    for template in sorted(TEMPLATES.glob("*.html")):
        text = template.read_text(encoding="utf-8")
        assert 'class="filters"' not in text, f"{template.name} has a form of its own"
        is_list = re.search(r'class="list[ "]', text)
        if is_list and template.name not in SHORT:
            assert "pager(" in text, template.name
    for view in sorted(VIEWS.glob("*.py")):
        if view.name != "list_query.py":
            assert 'args.get("page"' not in view.read_text(encoding="utf-8"), view.name


def _fill(village):
    """Three of everything that is listed."""
    site, ids = village.site, village.ids
    for n in range(3):
        a_notice(village, NOON, title=f"第{n + 1}份明细").approved()
        new = NewMeeting(kind=list(MeetingKind)[n % 2], held_on=NOON.date(), due=9, came=9)
        record_meeting(site, village.li, village.id, new, NOON)
        begin_matter(site, village.li, village.id, "public_works", f"第{n + 1}件工程", None, NOON)
    register_outlet(
        site,
        village.zheng,
        NewOutlet(name="县政府网站", kind=OutletKind.WEBSITE, village_id=ids[None], days=3),
        NOON - timedelta(days=1),
    )


LISTS = {  # address: who looks, and what each line has
    "/desk/notices?q=明细": ("wu", "份明细</mark>|份明细</b>"),
    "/desk/duties?show=all&village={id}": ("wu", 'id="duty-'),
    "/desk/meetings?village={id}": ("wu", "<h2><a"),
    "/desk/matters?village={id}": ("wu", "件工程</a>"),
    "/desk/filings?village={id}": ("wu", "份明细</a>"),
    "/desk/outlets?village={id}": ("tian", "份明细</b>"),
    "/desk/people?village={id}": ("zheng", "/desk/people/[0-9]+"),
    "/desk/villages?q=村": ("zheng", "改</summary>"),
    "/desk/boards": ("wu", "[?]board="),
}


@pytest.mark.sqlite_only(reason="the questions are the same on both")
def test_every_list_goes_on_where_its_page_ends_and_stays_narrowed(
    signed_in, zhangjia, monkeypatch
):
    _fill(zhangjia)
    monkeypatch.setattr("bulletin.web.desk.boards.MANY", 0)
    for address, (who, line) in LISTS.items():
        asked = address.format(id=zhangjia.id)
        at_once = 1 if line.startswith(("改", "[?]")) else 2
        monkeypatch.setattr(pages, "PER_PAGE", at_once)
        browser = signed_in(who)
        first = browser.get(asked).text
        assert len(re.findall(line, first)) == at_once, asked
        following = re.search(r'href="([^"]+)">下一页', first)
        assert following, asked
        second = browser.get(following[1].replace("&amp;", "&")).text
        assert "上一页" in second, asked
        assert len(re.findall(line, second)) >= 1, asked
        _path, _sign, query = asked.partition("?")
        narrowed = re.search(r'href="([^"]+)">上一页', second)[1]
        for part in filter(None, query.split("&")):
            assert f"{part.partition('=')[0]}=" in narrowed, asked


@pytest.mark.sqlite_only(reason="the questions are the same on both")
def test_what_is_narrowed_says_so_and_leads_back_to_everything(signed_in, zhangjia):
    browser = signed_in("wu")
    whole = browser.get("/desk/meetings").text
    assert "看全部" not in whole
    _fill(zhangjia)
    other = browser.get(f"/desk/meetings?village={zhangjia.ids['白马村']}").text
    assert "没有找到这样的会议" in other
    assert 'href="/desk/meetings">看全部' in other
    kind = list(MeetingKind)[1]
    assert len(re.findall("<h2><a", browser.get(f"/desk/meetings?kind={kind}").text)) == 1
    assert len(re.findall("<h2><a", browser.get("/desk/meetings?kind=none&year=x").text)) == 3
    assert "<h2><a" not in browser.get(f"/desk/meetings?year={NOON.year - 1}").text
