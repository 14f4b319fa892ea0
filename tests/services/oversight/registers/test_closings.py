"""A year is sealed with minutes; nothing is blocked by it, and what changes afterwards is seen."""

from datetime import date

import pytest
from sqlalchemy import delete
from support.clock import NOON
from support.feedback import a_photo
from support.information_requests import a_request

from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.oversight.registers import RegisterKind
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.services.operations.verify import verify
from bulletin.services.oversight.registers import close_ordered_year
from bulletin.services.oversight.registers.close_year import close_year
from bulletin.services.oversight.registers.closings import (
    closing_file,
    closing_lines,
    closing_scan,
    closing_view,
)
from bulletin.services.oversight.registers.record_entry import NewEntry, declare_void, enter
from bulletin.services.oversight.registers.record_signed_minutes import attach_minutes
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.correct import CorrectedRequest, correct_request
from bulletin.services.oversight.requests.detail import request_view
from bulletin.services.oversight.requests.receive import receive
from bulletin.sheets.pdfium import page_count
from bulletin.store import file_references, history
from bulletin.store.year_closings import ClosingScan

NAMES = "王主任、李示例"


def closed(village, ledger=LedgerKind.REQUESTS, year=2025, names=NAMES):
    return close_year(village.site, village.wang, ledger, year, names, NOON)


def asked(village, on):
    return receive(village.site, village.wang, a_request(on), NOON)


def view(village, closing_id):
    return closing_view(village.site, village.wang, closing_id, NOON)


@pytest.mark.parametrize(
    ("year", "names", "code"),
    [
        (2026, NAMES, "year_not_over"),
        (1999, NAMES, "year_not_over"),
        (2025, " 、 ", "no_signers"),
        (2025, "、".join("一二三四五六七"), "no_signers"),
    ],
)
def test_what_can_not_be_closed_says_why(zhangjia, year, names, code):
    with pytest.raises(Refused) as why:
        closed(zhangjia, year=year, names=names)
    assert why.value.codes == (code,)


def test_a_year_is_closed_once_with_minutes_and_its_seal_is_in_the_history(zhangjia):
    asked(zhangjia, date(2025, 12, 1))
    closing_id = closed(zhangjia)
    with pytest.raises(Refused, match="已经结过账"):
        closed(zhangjia)
    name, pdf = closing_file(zhangjia.site, zhangjia.wu, closing_id, "pdf")
    assert name == "2025年依申请公开台账结账记录.pdf"
    assert page_count(pdf) == 1
    _, table = closing_file(zhangjia.site, zhangjia.wu, closing_id, "csv")
    assert "依申请〔2025〕1号" in table.decode("utf-8-sig")
    assert "示例路" not in table.decode("utf-8-sig")
    with zhangjia.site.sessions.reading() as session:
        (entry,) = [e for e in history.entries(session) if e.act == "close_year"]
        kept = file_references.kept_digests(session)
    assert entry.facts["table"] == sha256_hex(table) == view(zhangjia, closing_id).table
    assert {entry.facts["table"], entry.facts["minutes"]} <= set(kept), "a backup brings them"


def test_closing_blocks_nothing_and_what_follows_is_seen_as_such(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    ended, left = asked(zhangjia, date(2025, 11, 3)), asked(zhangjia, date(2025, 12, 30))
    answer(site, wang, ended, date(2025, 11, 20), "disclosed", "寄出", NOON)
    closing_id = closed(zhangjia)
    assert not view(zhangjia, closing_id).corrections
    answer(site, wang, left, date(2026, 1, 9), "disclosed", "寄出", NOON)
    asked(zhangjia, date(2025, 12, 31))
    corrected = CorrectedRequest(
        outcome="disclosed_in_part",
        ended_on=date(2025, 11, 20),
        answer="寄出",
        applicant=ApplicantClass.PERSON,
        reason="选错了",
    )
    correct_request(site, wang, ended, corrected, NOON)
    shown = view(zhangjia, closing_id)
    assert [(each.key, each.words) for each in shown.corrections] == [
        ("依申请〔2025〕1号", "结果：予以公开 → 部分公开"),
        ("依申请〔2025〕3号", "结账以后补登"),
    ]
    assert [each.key for each in shown.went_on] == ["依申请〔2025〕2号"]
    (line,) = request_view(site, wang, ended, NOON).corrections
    assert line.after_closing


def test_registers_are_closed_too_and_a_void_entry_shows(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    new = NewEntry(kind=RegisterKind.PENALTY, on=date(2025, 5, 6), title="占道堆放的处罚")
    entry = enter(site, wang, new, NOON)
    closing_id = closed(zhangjia, LedgerKind.REGISTERS)
    declare_void(site, wang, entry, "登记了两遍", NOON)
    (change,) = view(zhangjia, closing_id).corrections
    assert "登记了两遍" in change.words


def test_the_register_of_notices_is_closed_as_it_stands(zhangjia):
    closing_id = closed(zhangjia, LedgerKind.NOTICES)
    shown = view(zhangjia, closing_id)
    assert (shown.line.rows, shown.corrections, shown.went_on) == (0, (), ())


def test_villages_see_no_closings_and_only_keepers_close(zhangjia):
    closing_id = closed(zhangjia)
    for act in (
        lambda: closing_lines(zhangjia.site, zhangjia.li, NOON),
        lambda: closing_view(zhangjia.site, zhangjia.li, closing_id, NOON),
        lambda: closing_file(zhangjia.site, zhangjia.li, closing_id, "pdf"),
    ):
        with pytest.raises(NotFoundError):
            act()
    with pytest.raises(Refused):
        close_year(zhangjia.site, zhangjia.wu, LedgerKind.NOTICES, 2025, NAMES, NOON)
    lines = closing_lines(zhangjia.site, zhangjia.wu, NOON)
    assert [line.year for line in lines] == [2025] * 3 + [2024] * 3
    assert [line.ledger for line in lines if line.id] == [LedgerKind.REQUESTS]


PDF = b"%PDF-1.4\n%signed\n"


def attached(village, closing_id, *files):
    named = [(f"page{number}", data) for number, data in enumerate(files, 1)]
    return attach_minutes(village.site, village.wang, closing_id, named, NOON)


def test_the_signed_minutes_are_kept_as_photos_or_scan_each_once(zhangjia):
    closing_id = closed(zhangjia)
    photo = a_photo()
    assert attached(zhangjia, closing_id, photo, PDF) == 2
    assert attached(zhangjia, closing_id, photo) == 0
    first, second = view(zhangjia, closing_id).scans
    name, data, media_type = closing_scan(zhangjia.site, zhangjia.wu, closing_id, first)
    assert (name, media_type) == ("2025年依申请公开台账结账记录签字页1.jpg", "image/jpeg")
    assert b"Exif" not in data, "nothing of the camera stays"
    assert closing_scan(zhangjia.site, zhangjia.wu, closing_id, second)[1] == PDF
    with zhangjia.site.sessions.reading() as session:
        assert sha256_hex(PDF) in file_references.kept_digests(session)
    assert verify(zhangjia.site).sound
    with pytest.raises(NotFoundError):
        closing_scan(zhangjia.site, zhangjia.li, closing_id, first)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "file_missing"),
        ([("签字页", b"words")], "file_unknown"),
        ([("说明.txt", b"words")], "neither_photo_nor_pdf"),
        ([(f"{page}.pdf", PDF + bytes([page])) for page in range(21)], "too_many_files"),
    ],
)
def test_what_is_no_signed_page_is_refused(zhangjia, files, code):
    closing_id = closed(zhangjia)
    with pytest.raises(Refused) as why:
        attach_minutes(zhangjia.site, zhangjia.wang, closing_id, files, NOON)
    assert why.value.codes == (code,)
    with pytest.raises(Refused):
        attach_minutes(zhangjia.site, zhangjia.wu, closing_id, [("x.pdf", PDF)], NOON)


def test_a_signed_page_that_is_changed_behind_the_back_is_found(zhangjia):
    attached(zhangjia, closed(zhangjia), PDF)
    with zhangjia.site.sessions.writing() as session:
        session.execute(delete(ClosingScan))
    (fault,) = verify(zhangjia.site).altered
    assert fault.what == "a signed page of ledger requests 2025 of township 1"


def test_a_year_that_is_ordered_twice_is_closed_once(zhangjia):
    asked(zhangjia, date(2025, 3, 3))
    order = (zhangjia.site, zhangjia.wang, LedgerKind.REQUESTS, 2025, NAMES, NOON)
    job = close_ordered_year.order_closing(*order)
    assert close_ordered_year.order_closing(*order) == job
    other = close_ordered_year.order_closing(*order[:4], "李示例", NOON)
    for _ in range(2):
        close_ordered_year.CLOSING.work_on(zhangjia.site, job, lambda: NOON, lambda: False)
    line = close_ordered_year.CLOSING.line(zhangjia.site, zhangjia.wang, job, NOON)
    assert view(zhangjia, int(line.result)).line.rows == 1
    close_ordered_year.CLOSING.work_on(zhangjia.site, other, lambda: NOON, lambda: False)
    line = close_ordered_year.CLOSING.line(zhangjia.site, zhangjia.wang, other, NOON)
    assert line.refusals[0].code == "closed_once"
    with pytest.raises(Refused, match="已经结过账"):
        close_ordered_year.order_closing(*order)


def test_only_who_keeps_the_ledgers_orders_a_closing(zhangjia):
    with pytest.raises(Refused):
        close_ordered_year.order_closing(
            zhangjia.site, zhangjia.wu, LedgerKind.NOTICES, 2025, NAMES, NOON
        )
