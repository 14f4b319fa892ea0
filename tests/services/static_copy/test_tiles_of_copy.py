"""The tiles of the history in the copy: a full one is read and written once, as long as the history only grows."""

import json
from datetime import timedelta

import pytest
from support.clock import NOON
from support.kept_copies import bytes_in, part

from bulletin.domain.people import SystemActor
from bulletin.services.history import record
from bulletin.services.static_copy.write import write_copy
from bulletin.services.transparency import checkpoint
from bulletin.store.copies.folder import CopyInFolder


class Reader:
    """A site of empty pages, on which somebody acts while it is read."""

    def __init__(self, act=lambda: None):
        self._act = act

    def expect(self, keys):
        """Nobody else reads along."""

    def parts(self, keys):
        self._act()
        yield [part({f"{key}/index.html".lstrip("/"): "a"}, key) for key in keys]

    def static(self, _addresses):
        return {}


@pytest.fixture
def history(zhangjia):
    """history(count): so many entries more, of what is on no page."""

    def grow(count):
        with zhangjia.site.sessions.writing() as session:
            for _ in range(count):
                record(session, SystemActor("系统", 0), "note", "training 1", NOON)

    grow(700)
    return grow


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "copy"


@pytest.fixture
def copy(zhangjia, folder, monkeypatch):
    """copy(hours): brings the folder up to date; returns which tiles were read."""
    read, content = [], checkpoint._content

    def noted(session, tile):
        read.append(tile.address)
        return content(session, tile)

    monkeypatch.setattr(checkpoint, "_content", noted)

    def run(hours, act=lambda: None):
        read.clear()
        now = NOON + timedelta(hours=hours)
        place = CopyInFolder(folder)
        write_copy(zhangjia.site, place, now, made_by="x", reader=Reader(act))
        return list(read)

    return run


def tiles_in(folder):
    return {path for path in bytes_in(folder) if path.startswith("tile/")}


def test_a_full_tile_is_read_once(copy, history, zhangjia, folder):
    assert {"entries/000", "0/000", "0/001"} <= set(copy(0))
    history(300)
    again = copy(1)
    assert not {"entries/000", "0/000", "0/001"} & set(again)
    assert {"entries/002", "0/002"} <= set(again), "full since the last run"
    told = dict(checkpoint.files(zhangjia.site))
    there = bytes_in(folder)
    tiles = {path for path in told if path.startswith("tile/")}
    assert {path: there[path] for path in tiles} == {path: told[path] for path in tiles}
    assert tiles_in(folder) == tiles


def test_a_tile_that_gave_way_to_a_wider_one_need_not_be_forgotten_by_anybody(
    copy, history, folder
):
    copy(0)
    before = tiles_in(folder)
    history(3)
    copy(1)
    assert before - tiles_in(folder)
    assert json.loads((folder / "manifest.json").read_bytes())["vanished"] == {}


@pytest.mark.usefixtures("history")
def test_a_tile_that_somebody_deleted_is_read_again_when_it_is_missed(copy, folder):
    copy(0)
    (folder / "tile" / "0" / "000").unlink()
    assert "0/000" not in copy(1)
    assert "0/000" in copy(24)
    assert (folder / "tile" / "0" / "000").exists()


@pytest.mark.usefixtures("history")
def test_where_the_database_was_put_back_all_is_read_again(copy, folder):
    """Its history grew again, past where the copy was: what was done in between is another thing."""
    copy(0)
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps(told | {"head": "of a history that nobody has any more"}))
    assert {"entries/000", "0/000"} <= set(copy(1))
    assert not {"entries/000", "0/000"} & set(copy(2))


def test_what_was_done_while_the_copy_was_read_is_read_again_by_the_next_run(
    copy, history, zhangjia, folder
):
    """The database may have lost it by then: the copy's manifest vouches for what was done before its run began."""
    copy(0, act=lambda: history(100))
    assert (folder / "tile" / "entries" / "002").exists(), "full of what was done meanwhile"
    assert {"entries/002", "0/002"} <= set(copy(1))
    assert not {"entries/002", "0/002"} & set(copy(2))
