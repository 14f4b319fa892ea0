"""Photographs in pieces: what was begun and never finished does not lie about for ever."""

from datetime import timedelta

from support.clock import NOON

from bulletin.services.boards.photos import upload


def test_pieces_of_photographs_that_nobody_finished_are_not_kept(zhangjia):
    upload.add_piece(zhangjia.site, zhangjia.li, "half", 0, b"\xff\xd8half", NOON)
    assert upload.clear_old(zhangjia.site, NOON + timedelta(hours=1)) == 0
    assert upload.clear_old(zhangjia.site, NOON + timedelta(days=2)) == 1
    assert upload.arrived(zhangjia.site, zhangjia.li, "half") == 0
