"""A volume of a year is sealed, whole, and read without this software."""

import csv
import hashlib
import io
import subprocess
import zipfile
from datetime import date, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.feedback import a_photo
from support.information_requests import a_request

from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.oversight.requests.letters import LetterKind
from bulletin.services.meetings.record import NewMeeting, record_meeting
from bulletin.services.operations.archive.archive_year import archive_year
from bulletin.services.oversight.registers.close_year import close_year
from bulletin.services.oversight.requests.papers.issue_letter import issue_letter
from bulletin.services.oversight.requests.papers.letters import draft_letter
from bulletin.services.oversight.requests.receive import receive
from bulletin.sheets.pdfium import page_count
from bulletin.sheets.problems import SheetUnprintable
from bulletin.store import history

NEXT_YEAR = NOON + timedelta(days=120)  # February 2027
YEAR = 2026


@pytest.fixture
def printed(zhangjia):
    """Of two notices of the year one was printed."""
    first = a_notice(zhangjia, NOON).approved()
    first.printed()
    a_notice(zhangjia, NOON, title="没有打印过的公开").approved()
    return first


def archived(village, target, village_id):
    return archive_year(village.site, village.operator, YEAR, village_id, target, NEXT_YEAR)


def indexed(folder):
    text = (folder / "index.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_volume_of_a_village_has_each_sheet_as_pdf_a_and_its_register(
    zhangjia, printed, tmp_path
):
    folder = tmp_path / "卷"
    volume = archived(zhangjia, folder, zhangjia.id)
    rows = indexed(folder)
    sheets = [row for row in rows if row["部分"] == "公开件" and row["文件"].endswith(".pdf")]
    assert [row["说明"] for row in sheets] == ["贴出去的原样", "没有打印过，按登记的内容排的PDF/A"]
    for row in sheets:
        pdf = (folder / row["文件"]).read_bytes()
        assert page_count(pdf) >= 1
        assert b"<pdfaid:part>2" in pdf
    register = (folder / "登记簿" / "公开登记簿.csv").read_text(encoding="utf-8-sig")
    assert "没有打印过的公开" in register
    assert volume.files == len(rows)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "没有打印过的公开" in page
    assert "sha256sum -c SHA256SUMS" in page


def test_every_file_is_in_the_sums_and_the_seal_is_in_the_history(zhangjia, printed, tmp_path):
    folder = tmp_path / "volume"
    volume = archived(zhangjia, folder, zhangjia.id)
    sums = (folder / "SHA256SUMS").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == volume.seal
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    listed = {line.partition("  ")[2] for line in sums.decode().splitlines()}
    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert there - listed == {"SHA256SUMS", "checkpoint", "checkpoint.key"}
    with zhangjia.site.sessions.reading() as session:
        *_, last = history.entries(session)
        size = history.head(session).number
    assert (last.act, last.facts["sums"]) == ("archive_year", volume.seal)
    assert (folder / "checkpoint").read_text().splitlines()[1] == str(size), "signed after the seal"


def test_the_townships_volume_has_ledgers_minutes_and_letters(zhangjia, tmp_path):
    site, wang = zhangjia.site, zhangjia.wang
    asked = receive(site, wang, a_request(date(2026, 9, 14)), NOON)
    draft = draft_letter(site, wang, asked, LetterKind.ACKNOWLEDGEMENT, None, NOON)
    issue_letter(site, wang, asked, draft, NOON)
    close_year(site, wang, LedgerKind.REQUESTS, YEAR, "王主任", NEXT_YEAR)
    file = tmp_path / "volume.zip"
    archived(zhangjia, file, None)
    with zipfile.ZipFile(file) as volume:
        names = volume.namelist()
        assert volume.testzip() is None
        minutes = volume.read("台账/依申请公开台账-结账记录.pdf")
    assert b"<pdfaid:part>2" in minutes
    assert "台账/依申请公开台账-结账时.csv" in names
    assert "台账/登记簿-归档时.csv" in names
    assert "依申请公开文书/依申请〔2026〕1号/1-收件回执.pdf" in names
    assert not [name for name in names if name.startswith("会议记录")]
    assert not list(tmp_path.glob(".volume*"))


def test_minutes_of_meetings_are_in_and_what_can_not_be_set_says_why(
    zhangjia, printed, tmp_path, monkeypatch
):
    new = NewMeeting(kind=next(iter(MeetingKind)), held_on=NOON.date(), due=9, came=9)
    photo = ("会议记录.jpg", a_photo())
    record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, new, NOON, minutes=photo)

    def refuses(*_args, **_facts):
        raise SheetUnprintable(Refusal("missing_glyph", "没有“𠮷”这个字"))

    monkeypatch.setattr(zhangjia.site.composer, "compose", refuses)
    folder = tmp_path / "volume"
    archived(zhangjia, folder, zhangjia.id)
    rows = {row["部分"]: row for row in indexed(folder)}
    assert (folder / rows["会议记录"]["文件"]).read_bytes().startswith(b"\xff\xd8")
    unset = next(row for row in indexed(folder) if row["文件"].endswith(".txt"))
    assert "𠮷" in (folder / unset["文件"]).read_text(encoding="utf-8")


def test_a_year_that_runs_and_a_folder_with_something_are_refused(zhangjia, tmp_path):
    with pytest.raises(Refused, match="一年过完"):
        archive_year(
            *(zhangjia.site, zhangjia.operator, YEAR, None),
            *(tmp_path / "volume", NOON),
        )
    (tmp_path / "there").write_text("x")
    with pytest.raises(Refused, match="空的文件夹"):
        archived(zhangjia, tmp_path, None)
