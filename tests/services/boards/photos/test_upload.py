"""Photographs in pieces: what was begun and never finished does not lie about for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.services.boards.photos import upload
from bulletin.store.uploads import UploadPiece


def test_pieces_of_photographs_that_nobody_finished_are_not_kept(zhangjia):
    upload.add_piece(zhangjia.site, zhangjia.li, "half", 0, b"\xff\xd8half", NOON)
    assert upload.clear_old(zhangjia.site, NOON + timedelta(hours=1)) == 0
    assert upload.clear_old(zhangjia.site, NOON + timedelta(days=2)) == 1
    assert upload.arrived(zhangjia.site, zhangjia.li, "half") == 0


def test_nobody_leaves_more_than_photographs_are_in_pieces_or_whole(zhangjia, monkeypatch):
    site, li, photo = zhangjia.site, zhangjia.li, b"\xff\xd8photo"
    monkeypatch.setattr(upload, "MAX_WAITING", 2 * len(photo))
    upload.add_piece(site, li, "half", 0, photo, NOON)
    for send in (
        lambda: upload.add_piece(site, li, "other", 0, photo * 2, NOON),
        lambda: upload.keep_whole(site, li, [photo, photo], NOON),
    ):
        with pytest.raises(Refused) as refused:
            send()
        assert list(refused.value.codes) == ["too_many_uploads"]
    with site.sessions.reading() as session:
        assert session.scalars(select(UploadPiece.key)).all() == ["half"], "all or none"
    assert upload.keep_whole(site, zhangjia.zhou, [photo, photo], NOON), "each has a share"
    upload.keep_whole(site, li, [photo, photo], NOON + timedelta(days=2))
