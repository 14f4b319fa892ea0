"""The published reports of a county are checked as long work: handed in one by one or in a ZIP, and told apart by how sure it is."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from support.annual_reports import as_page, filled, layouts
from support.clock import NOON
from support.neighbours import a_county_overseer
from support.paths import ROOT

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.annual_report.findings import ReportVerdict
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.readers.annual_report import handed_in as handed_in_files
from bulletin.readers.annual_report.handed_in import handed_in
from bulletin.services.oversight.annual_report.order_report_check import (
    REPORT_CHECK,
    check_result,
    order_report_check,
)
from bulletin.services.oversight.report_check import ReportFile, check_reports
from bulletin.store.long_jobs import JobState

IN_FORCE = layouts()["2021"]
WRONG = filled(IN_FORCE) | {CellKey(TableName.REVIEWS, "lawsuit_after", "total"): 3}
FILES = [
    ("甲乡.html", as_page(IN_FORCE, filled(IN_FORCE))),
    ("乙乡.html", as_page(IN_FORCE, WRONG)),
    ("丙局.txt", "年度报告\n一、总体情况\n".encode()),
]
OF_COUNTY = filled(IN_FORCE) | {CellKey(TableName.REVIEWS, "lawsuit_after", "total"): 6}
COUNTY = ("县.html", as_page(IN_FORCE, OF_COUNTY))


@pytest.fixture
def feng(zhangjia):
    return a_county_overseer(zhangjia)


def checked(village, feng, files, county=None):
    job = order_report_check(village.site, feng, files, county, NOON)
    REPORT_CHECK.work_on(village.site, job, lambda: NOON, lambda: False)
    return REPORT_CHECK.line(village.site, feng, job, NOON)


def test_it_finds_what_the_command_finds(zhangjia, feng):
    line = checked(zhangjia, feng, FILES, COUNTY)
    assert (line.state, line.done, line.total) == (JobState.DONE, 4, 4)
    result = check_result(line)
    at_once = check_reports(
        zhangjia.site.report_layouts,
        [ReportFile(*each) for each in FILES],
        county=ReportFile(*COUNTY),
    )
    found = [(each.name, finding) for each in at_once for finding in each.findings]
    assert [(line.report, line.finding) for line in result.lines] == found
    assert (result.reports, result.right) == (4, ("甲乡.html",))
    reports = {verdict: {line.report for line in result.of(verdict)} for verdict in ReportVerdict}
    assert "乙乡.html" in reports[ReportVerdict.FAIL]
    assert reports[ReportVerdict.NOT_ASSESSABLE] == {"丙局.txt", "县.html"}, (
        "its sum is not complete"
    )


def zipped(names, flags=None):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in names:
            archive.writestr(name, data)
    return packed.getvalue()


def test_a_zip_is_the_reports_in_it(zhangjia, feng):
    names = [f"年度报告/{name}" for name, _ in FILES]
    packed = zipped(
        [*zip(names, (data for _, data in FILES), strict=True), ("年度报告/.DS_Store", b"x"), ("年度报告/Thumbs.db", b"x")]
    )  # fmt: skip
    result = check_result(checked(zhangjia, feng, [("全部.ZIP", packed)]))
    assert result.reports == 3
    assert result.right == ("甲乡.html",)


def test_reports_that_are_called_the_same_are_told_apart_by_where_they_lie(zhangjia, feng):
    town, other = (data for _, data in FILES[:2])
    packed = zipped([("甲乡/年度报告.html", town), ("乙乡/年度报告.html", other)])
    result = check_result(checked(zhangjia, feng, [("全部.zip", packed), FILES[2]]))
    assert result.right == ("全部.zip/甲乡/年度报告.html",)
    assert {line.report for line in result.lines} == {"全部.zip/乙乡/年度报告.html", "丙局.txt"}


def test_what_is_unpacked_of_all_files_together_has_a_limit_and_not_of_each(monkeypatch):
    monkeypatch.setattr(handed_in_files, "MAX_TOGETHER", 1000)
    packed = [(f"{n}.zip", zipped([(f"{n}.txt", b"x" * 400)])) for n in range(3)]
    assert len(handed_in(packed[:2])) == 2
    for too_much in (packed, [*packed[:2], ("丙局.txt", b"x" * 201)]):
        with pytest.raises(Refused) as refused:
            handed_in(too_much)
        assert refused.value.codes == ("reports_too_big",)


def test_names_of_a_chinese_windows_are_read():
    name = "甲乡.txt"
    packed = zipped([("XXXX.txt", b"x")])
    packed = packed.replace(b"XXXX", name.removesuffix(".txt").encode("gb18030"))
    assert [each for each, _ in handed_in([("a.zip", packed)])] == [name]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "file_missing"),
        ([("空.zip", zipped([]))], "file_missing"),
        ([("坏.zip", b"PK\3\4")], "file_broken"),
        ([FILES[0], ("又一份.html", FILES[0][1])], "file_twice"),
        ([("全部.zip", zipped([FILES[0], (f"副本/{FILES[0][0]}", FILES[0][1])]))], "file_twice"),
        ([FILES[0], (FILES[0][0], FILES[1][1])], "name_twice"),
        ([*FILES, ("全县.html", COUNTY[1])], "county_among"),
    ],
)
def test_what_can_not_be_checked_is_refused_before_it_waits(zhangjia, feng, files, code):
    with pytest.raises(Refused) as refused:
        order_report_check(zhangjia.site, feng, files, COUNTY, NOON)
    assert list(refused.value.codes) == [code]


def test_it_is_the_countys_alone(zhangjia):
    with pytest.raises(Refused):
        order_report_check(zhangjia.site, zhangjia.wu, FILES, None, NOON)


def test_a_file_that_went_meanwhile_is_said(zhangjia, feng):
    job = order_report_check(zhangjia.site, feng, FILES, None, NOON)
    for file in list(zhangjia.site.files.stored()):
        zhangjia.site.files.discard(file)
    REPORT_CHECK.work_on(zhangjia.site, job, lambda: NOON, lambda: False)
    line = REPORT_CHECK.line(zhangjia.site, feng, job, NOON)
    assert line.refusals[0].code == "upload_gone"


def test_every_rule_that_may_be_found_says_what_it_is():
    """The page leads from a finding to its rule."""
    sources = [
        *(ROOT / "bulletin/domain/oversight/annual_report").glob("*_rules.py"),
        ROOT / "bulletin/services/oversight/report_check.py",
    ]
    said = (ROOT / "templates/web/desk/_report_rules.html").read_text("utf-8")
    rules = {
        rule
        for source in sources
        for rule in re.findall(r'"((?:form|text|prose|requests|reviews|county|file)\.[a-z_]+)"', source.read_text("utf-8"))
    }  # fmt: skip
    # From one year to the next, and what only a report that is written here knows, is no matter of this page.
    assert len(rules) > 15
    assert rules - {"text.repeated"} == set(re.findall(r'\("([a-z]+\.[a-z_]+)"', said))
