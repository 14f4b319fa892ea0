"""The wall: what is printed, what hangs where, and how anyone can check it."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import text
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.boards import overview, post
from bulletin.services.notices import end
from bulletin.services.operations import verify
from bulletin.services.printing.print import kept_sheet, preview, print_sheet
from bulletin.sheets.extract import plain
from bulletin.sheets.problems import SheetProblem
from bulletin.sheets.qr import decode

TODAY = date(2026, 10, 9)


def _words(pdf):
    """All that is printed on the first page."""
    document = pypdfium2.PdfDocument(pdf)
    words = document[0].get_textpage().get_text_bounded()
    document.close()
    return words


def photo():
    picture = Image.new("RGB", (64, 48), (180, 60, 40))
    exif = Image.Exif()
    exif[0x010F] = "SomePhone"  # the maker; a place would stand beside it
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_the_printed_code_leads_to_the_edition_and_the_exact_pdf_is_kept(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    printed = notice.printed()
    assert decode(printed.sheet.pdf) == [[Scan(notice.code, 1)]]
    name, pdf = kept_sheet(zhangjia.site, zhangjia.li, printed.run_id)
    assert pdf == printed.sheet.pdf
    assert name == "张家村公开〔2026〕1号-第1版-A4.pdf"


def test_printing_ahead_of_the_moment_bears_the_number(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NOON + timedelta(days=2)).approved()
    assert decode(notice.printed().sheet.pdf) == [[Scan(notice.code, 1)]]


def test_a_draft_has_no_code_and_is_no_print_run(zhangjia):
    notice = a_notice(zhangjia, NOON)
    seen = preview(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert (decode(seen.sheet.pdf), seen.run_id) == ([[]], None)
    with pytest.raises(Refused) as refused:
        notice.printed()
    assert refused.value.codes == ("not_approved",)


def test_what_was_taken_down_is_not_printed_again(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "有误", NOON)
    with pytest.raises(Refused) as refused:
        notice.printed()
    assert refused.value.codes == ("taken_down",)


@pytest.mark.parametrize(
    "address",
    ["", "http://127.0.0.1:8000", "http://localhost", "http://192.168.1.9", "http://gk-pc"],
)
def test_a_code_that_no_phone_can_open_is_not_printed_unless_it_is_a_rehearsal(zhangjia, address):
    notice = a_notice(zhangjia, NOON).approved()
    site = replace(zhangjia.site, public_url=address)
    with pytest.raises(Refused) as refused:
        print_sheet(site, zhangjia.li, notice.code, NOON)
    assert refused.value.codes == ("address_unreachable",)
    if address:
        rehearsing = replace(site, rehearsal=True)
        assert print_sheet(rehearsing, zhangjia.li, notice.code, NOON).run_id


@pytest.mark.parametrize(
    ("address", "prints"),
    [("http://192.168.1.9", True), ("http://gk-pc", True), ("http://127.0.0.1:8000", False)],
)
def test_in_a_closed_network_the_sheet_says_where_to_read(zhangjia, address, prints):
    place = "村委会大厅，连无线网“村务公开”后扫码"
    notice = a_notice(zhangjia, NOON).approved()
    site = replace(zhangjia.site, public_url=address, reading_place=place)
    if prints:
        pdf = print_sheet(site, zhangjia.li, notice.code, NOON).sheet.pdf
        assert plain(place) in plain(_words(pdf))
    else:
        with pytest.raises(Refused) as refused:
            print_sheet(site, zhangjia.li, notice.code, NOON)
        assert refused.value.codes == ("address_unreachable",)


def test_a_sheet_is_hung_and_taken_down_with_its_photo_and_without_exif(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    with pytest.raises(Refused) as refused:
        post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    assert refused.value.codes == ("not_printed",)
    notice.printed()
    hung = post.hang(
        zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON, photo=photo()
    )
    board = overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0]
    (sheet,) = board.hanging
    assert (sheet.posting_id, sheet.code, sheet.has_photo) == (hung, notice.code, True)
    post.take_off(zhangjia.site, zhangjia.li, hung, TODAY, NOON)
    board = overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0]
    assert (board.hanging, board.past[0].down_on) == ((), TODAY)
    files = [p for p in zhangjia.site.files.folder.rglob("*") if p.is_file()]
    pictures = [p for p in files if p.read_bytes()[:2] == b"\xff\xd8"]
    assert pictures
    assert not any(b"SomePhone" in p.read_bytes() for p in pictures)


def test_the_new_edition_replaces_the_old_paper_on_its_board(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    notice.corrected().printed()
    (old,) = overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0].hanging
    assert (old.edition, old.is_stale) == (1, True)
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    board = overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0]
    assert [s.edition for s in board.hanging] == [2]
    assert [s.edition for s in board.past] == [1]


def test_nobody_hangs_a_paper_tomorrow_or_on_another_villages_board(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    board = zhangjia.boards[0]
    with pytest.raises(Refused) as refused:
        post.hang(zhangjia.site, zhangjia.li, notice.code, board, date(2026, 10, 10), NOON)
    assert refused.value.codes == ("in_future",)
    with pytest.raises(NotFoundError):
        post.hang(zhangjia.site, zhangjia.zhou, notice.code, board, TODAY, NOON)


def test_a_file_that_is_no_photo_is_refused_and_nothing_is_recorded(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    with pytest.raises(Refused) as refused:
        post.hang(
            zhangjia.site,
            zhangjia.li,
            notice.code,
            zhangjia.boards[0],
            TODAY,
            NOON,
            photo=b"%PDF-1.7 not a picture",
        )
    assert refused.value.codes == ("pdf",)
    assert overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0].hanging == ()


# --- verify --------------------------------------------------------------------------------------


@pytest.fixture
def hung(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.sheet = notice.printed()
    post.hang(
        zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON, photo=photo()
    )
    return notice


def altered(site):
    return [(a.what, a.how) for a in verify.verify(site).altered]


def test_an_untouched_site_verifies(zhangjia, hung):
    verdict = verify.verify(zhangjia.site)
    assert verdict.sound
    assert (verdict.sheets, verdict.editions) == (1, 1)


def test_an_altered_or_missing_sheet_is_named(zhangjia, hung):
    digest = sha256_hex(hung.sheet.sheet.pdf)
    file = zhangjia.site.files.folder / digest[:2] / digest
    file.write_bytes(hung.sheet.sheet.pdf + b" ")
    name = f"sheet of {hung.code}.1, print run {hung.sheet.run_id}"
    assert altered(zhangjia.site) == [
        (name, "the kept PDF was altered: its SHA-256 does not match")
    ]
    file.unlink()
    assert altered(zhangjia.site) == [(name, "the kept PDF is missing")]


@pytest.mark.every_row
@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE edition SET title = '偷换的标题'", "edition"),
        ("UPDATE edition_content SET document = '{\"blocks\": []}'", "edition"),
        ("UPDATE edition SET fingerprint = '%s'" % ("0" * 64), "edition"),
        ("UPDATE edition SET publish_at = '2026-10-01 04:00:00'", "edition"),  # late made timely
        ("UPDATE edition SET closes_on = '2026-10-10'", "edition"),  # posted for one day
        ("UPDATE edition SET state = 'taken_down'", "edition"),
        ("UPDATE notice SET register_number = 7", "register"),
        ("UPDATE print_run SET pdf = '%s'" % ("0" * 64), "sheet"),
        ("UPDATE posting SET hung_photo = '%s'" % ("0" * 64), "photo"),
        ("UPDATE posting SET hung_on = '2026-10-01'", "hanging"),  # late made timely
        ("UPDATE chain_head SET hash = '%s'" % ("0" * 64), "history"),
        ("UPDATE history_entry SET actor = '别人' WHERE number = 5", "history entry 5"),
        ("DELETE FROM history_entry WHERE number = 5", "history entry 5"),
    ],
)
def test_whoever_reaches_into_the_database_is_found_out(zhangjia, hung, database, sql, what):
    with zhangjia.site.sessions.engine.begin() as connection:
        for guard in database.guards:  # who has the database's password can take them away
            connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        connection.execute(text(sql.replace(":", "\\:")))
    assert any(name.startswith(what) for name, _ in altered(zhangjia.site))


def test_preflight_looks_once_and_its_findings_stop_the_printing(zhangjia, monkeypatch):
    notice = a_notice(zhangjia, NOON).approved()
    looks = []
    composer = zhangjia.site.composer
    look = type(composer).preflight

    def counted(self, facts, sheet):
        looks.append(sheet)
        return look(self, facts, sheet)

    monkeypatch.setattr(type(composer), "preflight", counted)
    notice.printed()
    notice.printed()
    assert len(looks) == 1
    print_sheet(zhangjia.site, zhangjia.li, notice.code, NOON, paper="a3")
    assert len(looks) == 2
    wrong = SheetProblem("cut_off", "第1页的字印到纸边外面去了。")
    monkeypatch.setattr(type(composer), "preflight", lambda *_: [wrong])
    other = a_notice(zhangjia, NOON, item="affairs.meeting_decisions").approved()
    with pytest.raises(Refused, match="印到纸边外面"):
        other.printed()
