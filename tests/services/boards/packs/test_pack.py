"""公开栏打印包: one PDF for the walk, made once, resumed, cancelled, never printing twice."""

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from sqlalchemy import func, select
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.boards import post, reorder
from bulletin.services.boards.packs import (
    claim_step,
    order_pack,
    pack,
    pack_orders,
    pack_plans,
    work_on_pack,
)
from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import correct, draft
from bulletin.services.places.create import add_board
from bulletin.sheets.qr import decode
from bulletin.store.packs import PackState
from bulletin.store.print_runs import PrintRun

TODAY = date(2026, 10, 9)
ITEM = "affairs.meeting_decisions"


def _pack(zhangjia, *, now=NOON, **how):
    boards = pack_plans.boards_to_pack(zhangjia.site, zhangjia.li, now, board_id=zhangjia.boards[0])
    plans = pack_plans.plan_boards(zhangjia.site, zhangjia.li, boards, now, **how)
    return plans, pack.make_pack(zhangjia.site, zhangjia.li, plans, now)


def _words(pdf, page=0):
    document = pypdfium2.PdfDocument(pdf)
    words = document[page].get_textpage().get_text_bounded().replace("\r\n", "")
    document.close()
    return "".join(words.split())


def _scans(pdf):
    return [scan for page in decode(pdf) for scan in page]


def _runs(zhangjia):
    with zhangjia.site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(PrintRun))


def test_the_first_page_is_for_the_walk_and_every_code_reads(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    _, pdf = _pack(zhangjia)
    assert _scans(pdf) == [Scan(notice.code, 1)]
    first = _words(pdf)
    assert "要贴的1件" in first
    assert "村委会门口公开栏" in first


def test_made_again_it_prints_nothing_twice(zhangjia):
    a_notice(zhangjia, NOON).approved()
    _, first = _pack(zhangjia)
    runs = _runs(zhangjia)
    _, again = _pack(zhangjia)
    assert _runs(zhangjia) == runs == 1
    assert _scans(again) == _scans(first)


def test_a_sheet_of_the_former_address_is_printed_anew(zhangjia):
    a_notice(zhangjia, NOON).approved()
    _pack(zhangjia)
    moved = replace(zhangjia.site, public_url="https://gk.moved.example.cn")
    _, pdf = _pack(replace(zhangjia, site=moved))
    assert "gk.moved.example.cn" in _words(pdf, page=1)
    assert _runs(zhangjia) == 2


def test_what_hangs_already_is_printed_only_when_all_is_asked_for(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    assert len(_scans(_pack(zhangjia)[1])) == 1
    _, pdf = _pack(zhangjia, only_new=True)
    assert _scans(pdf) == []
    assert "已经贴着的1件" in _words(pdf)


def test_a_corrected_sheet_says_which_paper_it_replaces(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    draft.save(
        zhangjia.site,
        zhangjia.li,
        notice.code,
        NOON,
        version=1,
        title="更正",
        change_note="有误",
        document={"blocks": [{"type": "paragraph", "text": "更正如下。"}]},
    )
    notice.approved()
    plans, pdf = _pack(zhangjia)
    assert _scans(pdf) == [Scan(notice.code, 2)]
    assert "换下第1版，贴第2版" in _words(pdf)
    assert plans[0].down == ()  # coming down is part of the change


def test_what_ended_comes_down(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    later = NOON + timedelta(days=40)
    _, pdf = _pack(zhangjia, now=later)
    assert _scans(pdf) == []
    assert "要取下的1件" in _words(pdf)
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    assert "马上取" in _words(_pack(zhangjia)[1])


def test_boards_with_nothing_to_do_are_left_out_of_a_round(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON)
    boards = pack_plans.boards_to_pack(zhangjia.site, zhangjia.li, NOON)
    assert boards == zhangjia.boards
    plans = pack_plans.plan_boards(zhangjia.site, zhangjia.li, boards, NOON, only_new=True)
    assert [plan.printed for plan in plans] == [[(notice.code, 1)]]


def test_a_pack_follows_the_walk(zhangjia):
    first, second = zhangjia.boards
    walk = [first, second]
    for board, expected in ((second, [second, first]), (second, [second, first]), (first, walk)):
        reorder.visit_earlier(zhangjia.site, zhangjia.li, board, NOON)
        boards = pack_plans.boards_to_pack(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)
        assert boards == expected
    third = add_board(zhangjia.site, zhangjia.li, zhangjia.id, "文化广场公开栏", "", NOON)
    assert pack_plans.boards_to_pack(zhangjia.site, zhangjia.li, NOON)[-1] == third
    with pytest.raises(NotFoundError):
        reorder.visit_earlier(zhangjia.site, zhangjia.zhou, second, NOON)


def test_a_pack_in_the_background_is_made_once_and_kept(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    board = zhangjia.boards[0]
    order = order_pack.order_pack(zhangjia.site, zhangjia.li, NOON, board_id=board)
    again = order_pack.order_pack(zhangjia.site, zhangjia.li, NOON, board_id=board)
    assert again == order
    work_on_pack.work_on_pack(zhangjia.site, order, lambda: NOON)
    line = pack_orders.pack_line(zhangjia.site, zhangjia.li, order, NOON)
    assert (line.state, line.done, line.total) == (PackState.DONE, 1, 1)
    name, pdf = pack_orders.pack_pdf(zhangjia.site, zhangjia.li, order)
    assert name == "张家村村委会门口公开栏-2026-10-09-A4.pdf"
    assert _scans(pdf) == [Scan(notice.code, 1)]


def test_one_process_works_at_a_time_and_another_takes_over_when_it_stops(zhangjia):
    a_notice(zhangjia, NOON).approved()
    order = order_pack.order_pack(zhangjia.site, zhangjia.li, NOON, board_id=zhangjia.boards[0])
    moments = iter([NOON, *[NOON + timedelta(minutes=1)] * 9])

    def dying():
        moment = next(moments)
        if moment > NOON:  # the process ends in the middle
            raise SystemExit
        return moment

    with pytest.raises(SystemExit):
        work_on_pack.work_on_pack(zhangjia.site, order, dying)
    work_on_pack.work_on_pack(zhangjia.site, order, lambda: NOON + timedelta(seconds=5))  # too soon
    line = pack_orders.pack_line(zhangjia.site, zhangjia.li, order, NOON + timedelta(seconds=5))
    assert (line.state, line.idle) == (PackState.RUNNING, False)
    work_on_pack.work_on_pack(zhangjia.site, order, lambda: NOON + timedelta(minutes=2))
    line = pack_orders.pack_line(zhangjia.site, zhangjia.li, order, NOON)
    assert line.state is PackState.DONE


def test_a_cancelled_pack_stops_and_stays_so(zhangjia):
    a_notice(zhangjia, NOON).approved()
    order = order_pack.order_pack(zhangjia.site, zhangjia.li, NOON, board_id=zhangjia.boards[0])
    order_pack.cancel(zhangjia.site, zhangjia.li, order)
    work_on_pack.work_on_pack(zhangjia.site, order, lambda: NOON)
    line = pack_orders.pack_line(zhangjia.site, zhangjia.li, order, NOON)
    assert line.state is PackState.CANCELLED
    assert _runs(zhangjia) == 0


def test_a_pack_is_the_liaisons_own(zhangjia):
    with pytest.raises(Refused):
        order_pack.order_pack(zhangjia.site, zhangjia.sun, NOON, board_id=zhangjia.boards[0])
    with pytest.raises(NotFoundError):
        order_pack.order_pack(zhangjia.site, zhangjia.zhou, NOON, board_id=zhangjia.boards[0])
    order = order_pack.order_pack(zhangjia.site, zhangjia.li, NOON)
    with pytest.raises(NotFoundError):
        pack_orders.pack_pdf(zhangjia.site, zhangjia.zhou, order)


def test_a_worker_that_was_taken_for_dead_over_a_sheet_prints_nothing_more(zhangjia, monkeypatch):
    """Another has set the sheet meanwhile: it is printed once."""
    a_notice(zhangjia, NOON).approved()
    site, later = zhangjia.site, NOON + timedelta(minutes=2)
    order = order_pack.order_pack(site, zhangjia.li, NOON, board_id=zhangjia.boards[0])
    composer, others = type(site.composer), []
    compose = composer.compose

    def slow(self, *what):
        sheet = compose(self, *what)
        if not others:
            others.append(1)
            work_on_pack.work_on_pack(site, order, lambda: later)
        return sheet

    monkeypatch.setattr(composer, "compose", slow)
    work_on_pack.work_on_pack(site, order, lambda: NOON)
    assert pack_orders.pack_line(site, zhangjia.li, order, later).state is PackState.DONE
    assert _runs(zhangjia) == 1


def _set_by_one_who_stopped(zhangjia):
    """A pack whose one part is set and that nobody binds yet."""
    a_notice(zhangjia, NOON).approved()
    order = order_pack.order_pack(zhangjia.site, zhangjia.li, NOON, board_id=zhangjia.boards[0])
    work_on_pack.work_on_pack(zhangjia.site, order, lambda: NOON, lambda: _runs(zhangjia) == 1)
    return order


def test_who_was_taken_for_dead_while_binding_prints_nothing_more(zhangjia, monkeypatch):
    """A sheet that got lost is printed again by who binds: by one of them."""
    site, later, others = zhangjia.site, NOON + timedelta(minutes=2), []
    order = _set_by_one_who_stopped(zhangjia)
    (printed,) = site.files.stored()
    site.files.discard(printed)
    compose = type(site.composer).compose

    def slow(self, *what):
        sheet = compose(self, *what)
        if not others:
            others.append(1)
            work_on_pack.work_on_pack(site, order, lambda: later)
        return sheet

    monkeypatch.setattr(type(site.composer), "compose", slow)
    work_on_pack.work_on_pack(site, order, lambda: NOON)
    assert pack_orders.pack_line(site, zhangjia.li, order, later).state is PackState.DONE
    assert _runs(zhangjia) == 2
    assert pack_orders.pack_pdf(site, zhangjia.li, order)


def test_who_has_lost_the_pack_does_not_end_it(zhangjia, monkeypatch):
    """Its finished part gives it no say."""
    a_notice(zhangjia, NOON).approved()
    site, later = zhangjia.site, NOON + timedelta(minutes=2)
    order = order_pack.order_pack(site, zhangjia.li, NOON, board_id=zhangjia.boards[0])
    compose_walk = type(site.composer).compose_walk

    def slow(self, *what):
        assert claim_step.claim_step(site, order, "another", later)
        return compose_walk(self, *what)

    monkeypatch.setattr(type(site.composer), "compose_walk", slow)
    work_on_pack.work_on_pack(site, order, lambda: NOON)
    assert pack_orders.pack_line(site, zhangjia.li, order, later).state is PackState.RUNNING
    claim_step.fail(site, order, "a third", "…")
    assert pack_orders.pack_line(site, zhangjia.li, order, later).state is PackState.RUNNING
    claim_step.fail(site, order, "another", "…")
    assert pack_orders.pack_line(site, zhangjia.li, order, later).state is PackState.FAILED


def test_what_is_removed_while_its_pack_is_bound_is_in_no_file(zhangjia, monkeypatch):
    notice = a_notice(zhangjia, NOON).approved()
    site, walks = zhangjia.site, []
    order = order_pack.order_pack(site, zhangjia.li, NOON, board_id=zhangjia.boards[0])
    compose_walk = type(site.composer).compose_walk

    def slow(self, *what):
        if not walks:
            redact.redact(site, zhangjia.li, notice.code, "写了不该写的", NOON)
        walks.append(1)
        return compose_walk(self, *what)

    monkeypatch.setattr(type(site.composer), "compose_walk", slow)
    work_on_pack.work_on_pack(site, order, lambda: NOON)
    assert len(walks) == 2
    _, pdf = pack_orders.pack_pdf(site, zhangjia.li, order)
    assert [file.path.name for file in site.files.stored()] == [sha256_hex(pdf)]
    assert _scans(pdf) == []
