"""移除个人信息: destroyed at once by one person; the fact, the fingerprint and the period stay."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.notices.visibility import PageState
from bulletin.services.boards import post
from bulletin.services.boards.packs import order_pack, pack_orders, work_on_pack
from bulletin.services.desk.cards import Errand, Rank, Work
from bulletin.services.desk.today import today
from bulletin.services.notices import publish, redact
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import correct
from bulletin.services.notices.drafts import draft as notices_draft
from bulletin.services.operations import verify
from bulletin.services.printing.print import print_sheet
from bulletin.services.public.notice_page import notice_page
from bulletin.services.public.public_files import public_file
from bulletin.sheets.pdfium import page_count
from bulletin.store.packs import PackState
from bulletin.store.print_runs import Preflight

NAME = "张某某"  # what no check can find
SLIPPED = {"blocks": [{"type": "paragraph", "text": f"{NAME}因病申请救助。"}]}
LATER = NOON + timedelta(days=5)
REASON = "写进了病情"


@pytest.fixture
def slipped(zhangjia):
    """Published, printed and hung, with an attachment; then somebody sees it."""
    notice = a_notice(zhangjia, NOON, document=SLIPPED, title=f"{NAME}救助公示")
    upload = notices_draft.attach(
        zhangjia.site, zhangjia.li, notice.code, f"{NAME}.csv", b"1,2", NOON
    )
    blocks = [*SLIPPED["blocks"], {"type": "attachment", "file": upload.file, "name": "名单.csv"}]
    notices_draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=2, title=f"{NAME}救助公示",
        document={"blocks": blocks},
    )  # fmt: skip
    notice.approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
    notice.file = upload.file
    return notice


def _remove(zhangjia, notice, login="sun"):
    who = zhangjia.people[login]
    redact.redact(zhangjia.site, who, notice.code, REASON, LATER)


def _page(zhangjia, notice, edition=1, now=LATER):
    return notice_page(zhangjia.site, Scan(notice.code, edition), scanned=True, now=now)


def _left(zhangjia):
    """Everything that the data folder and the database still hold, as bytes."""
    site = zhangjia.site
    if site.sessions.engine.dialect.name == "sqlite":
        folder = site.files.folder.parent
        return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    files = [path.read_bytes() for path in site.files.folder.rglob("*") if path.is_file()]
    with site.sessions.engine.connect() as connection:
        tables = ("edition", "edition_content", "edition_file", "history_entry", "filing")
        rows = [connection.exec_driver_sql(f"SELECT t::text FROM {t} t").all() for t in tables]
    return b"".join(files) + str(rows).encode()


def test_words_files_and_kept_sheets_are_destroyed_and_the_site_still_verifies(zhangjia, slipped):
    assert NAME.encode() in _left(zhangjia)
    _remove(zhangjia, slipped)
    assert NAME.encode() not in _left(zhangjia)
    assert public_file(zhangjia.site, slipped.code, slipped.file, LATER) is None
    assert zhangjia.site.files.get(slipped.file) is None
    assert verify.verify(zhangjia.site).altered == ()


def test_a_pack_that_holds_the_paper_is_destroyed_and_one_under_way_begins_anew(zhangjia, slipped):
    site, li = zhangjia.site, zhangjia.li
    packs = [
        order_pack.order_pack(site, li, NOON, board_id=board, only_new=False)
        for board in zhangjia.boards
    ]
    work_on_pack.work_on_pack(site, packs[0], lambda: NOON)
    _, pdf = pack_orders.pack_pdf(site, li, packs[0])
    # It is taken up, planned, and a part of it: the first sheet is set.
    times, removed = iter([NOON] * 4), []

    def removed_meanwhile():
        if next(times, None) is None and not removed:
            removed.append(_remove(zhangjia, slipped))
        return NOON

    work_on_pack.work_on_pack(site, packs[1], removed_meanwhile)
    with pytest.raises(NotFoundError):
        pack_orders.pack_pdf(site, li, packs[0])
    assert not site.files.has(sha256_hex(pdf))
    made, under_way = (pack_orders.pack_line(site, li, pack, LATER) for pack in packs)
    assert (made.state, "重新做" in made.fault) == (PackState.FAILED, True)
    assert under_way.state is PackState.DONE
    assert page_count(pack_orders.pack_pdf(site, li, packs[1])[1]) == 1, (
        "the page for the walk alone"
    )


class RemovedMeanwhile:
    """The composer, while somebody removes the words that it sets."""

    def __init__(self, zhangjia, notice):
        self.zhangjia, self.notice = zhangjia, notice

    def __getattr__(self, name):
        return getattr(self.zhangjia.site.composer, name)

    def compose(self, *what):
        sheet = self.zhangjia.site.composer.compose(*what)
        _remove(self.zhangjia, self.notice)
        return sheet


def test_a_sheet_that_is_being_set_leaves_nothing_behind_either(zhangjia):
    notice = a_notice(zhangjia, NOON, title=f"{NAME}救助公示").approved()
    site = replace(zhangjia.site, composer=RemovedMeanwhile(zhangjia, notice))
    with pytest.raises(Refused, match="已经移除"):
        print_sheet(site, zhangjia.li, notice.code, NOON)
    assert not [path for path in site.files.folder.rglob("*") if path.is_file()]
    with site.sessions.reading() as session:
        assert session.scalars(select(Preflight)).all() == []


def test_words_that_no_file_holds_leave_no_old_copy_either(zhangjia):
    notice = a_notice(zhangjia, NOON, title=f"{NAME}救助公示").approved()
    assert NAME.encode() in _left(zhangjia)
    _remove(zhangjia, notice)
    assert NAME.encode() not in _left(zhangjia)


def test_what_was_said_of_a_rare_character_in_a_name_goes_too(zhangjia, slipped):
    def looked_over():
        with zhangjia.site.sessions.reading() as session:
            return session.scalars(select(Preflight)).all()

    assert looked_over()
    _remove(zhangjia, slipped)
    assert looked_over() == []


def test_the_page_says_so_and_names_nobody(zhangjia, slipped):
    before = _page(zhangjia, slipped)
    _remove(zhangjia, slipped)
    page = _page(zhangjia, slipped)
    assert (page.page_state, page.document, page.files) == (PageState.REDACTED, None, ())
    assert (page.fingerprint, page.closes_on) == (before.fingerprint, before.closes_on)
    assert NAME not in str(page)


def test_the_paper_on_the_wall_becomes_a_recall_task_and_cannot_be_printed_again(zhangjia, slipped):
    _remove(zhangjia, slipped)
    tasks = today(zhangjia.site, zhangjia.li, LATER).entries
    (trip,) = (task for task in tasks if task.work is Work.BOARD)
    assert (trip.rank, trip.errands[0].errand) == (Rank.AT_ONCE, Errand.TAKE_OFF)
    assert "村委会门口公开栏" in trip.title
    with pytest.raises(Refused) as refused:
        print_sheet(zhangjia.site, zhangjia.li, slipped.code, LATER)
    assert refused.value.codes == ("redacted",)


def test_the_correction_starts_empty_and_the_period_does_not_restart(zhangjia, slipped):
    closes_on = _page(zhangjia, slipped).closes_on
    _remove(zhangjia, slipped)
    correct.correct(zhangjia.site, zhangjia.li, slipped.code, LATER)
    draft = notice_detail(zhangjia.site, zhangjia.li, slipped.code, LATER)
    assert (draft.document.blocks, draft.files, NAME in str(draft)) == ((), (), False)
    notices_draft.save(
        zhangjia.site, zhangjia.li, slipped.code, LATER, version=1, title="救助公示",
        document={"blocks": [{"type": "paragraph", "text": "一户申请救助。"}]},
        change_note="去掉个人信息",
    )  # fmt: skip
    slipped.now = LATER
    slipped.approved()
    page = _page(zhangjia, slipped, 2)
    assert (page.page_state, page.closes_on) == (PageState.CURRENT, closes_on)
    assert _page(zhangjia, slipped, 1).page_state is PageState.OLDER
    assert slipped.printed().run_id
    assert verify.verify(zhangjia.site).sound


@pytest.mark.every_row
@pytest.mark.parametrize("login", ["li", "sun", "zhao", "wang", "chen", "zheng", "tian"])
def test_whoever_sees_it_first_acts_alone(zhangjia, slipped, login):
    _remove(zhangjia, slipped, login)
    assert _page(zhangjia, slipped).page_state is PageState.REDACTED


def test_a_neighbour_and_a_mere_overseer_do_not(zhangjia, slipped):
    with pytest.raises(NotFoundError):
        _remove(zhangjia, slipped, "zhou")
    with pytest.raises(Refused):
        _remove(zhangjia, slipped, "wu")


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", "reason_missing"), ("电话13800138000", "personal_data")]
)
def test_the_reason_is_given_and_repeats_nothing(zhangjia, slipped, reason, code):
    with pytest.raises(Refused) as refused:
        redact.redact(zhangjia.site, zhangjia.sun, slipped.code, reason, LATER)
    assert refused.value.codes == (code,)


def test_what_was_removed_is_not_removed_twice_and_a_draft_is_simply_edited(zhangjia, slipped):
    _remove(zhangjia, slipped)
    for notice in (slipped, a_notice(zhangjia, LATER)):
        with pytest.raises(Refused) as refused:
            _remove(zhangjia, notice)
        assert refused.value.codes == ("nothing_to_redact",)


def test_an_interrupted_removal_is_finished_by_the_next(zhangjia, slipped):
    kept = zhangjia.site.files.get(slipped.file)
    _remove(zhangjia, slipped)
    zhangjia.site.files.put(kept)  # as if the power had gone between record and file
    assert redact.destroy_removed(zhangjia.site) == 1
    assert zhangjia.site.files.get(slipped.file) is None


def test_a_file_that_another_notice_shows_stays(zhangjia, slipped):
    other = a_notice(zhangjia, NOON)
    notices_draft.attach(zhangjia.site, zhangjia.li, other.code, "另一份.csv", b"1,2", NOON)
    _remove(zhangjia, slipped)
    assert zhangjia.site.files.get(slipped.file) == b"1,2"


def test_content_that_is_gone_without_a_redaction_is_found(zhangjia, slipped):
    publish.publish_due(zhangjia.site, NOON)
    with zhangjia.site.sessions.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE edition SET redacted_at = '2026-10-14 04:00:00'")
    found = [how for _, how in ((a.what, a.how) for a in verify.verify(zhangjia.site).altered)]
    assert "its content is gone and the history knows of no redaction" in found
