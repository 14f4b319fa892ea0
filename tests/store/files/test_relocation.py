"""Two stores while files move: what one lacks is read from the other, and nothing removed comes back."""

from itertools import combinations

import pytest
from greenlet import getcurrent, greenlet

from bulletin.store.files.folder import FolderFiles
from bulletin.store.files.relocation import Copying, MovingFiles
from bulletin.store.files.store import DamagedFile

STEPS_OF_COPY, STEPS_OF_DESTROY = 5, 3


@pytest.fixture
def moving(tmp_path):
    return MovingFiles(FolderFiles(tmp_path / "new"), FolderFiles(tmp_path / "old"))


def test_files_of_both_are_read_new_ones_go_to_the_new_store_removed_ones_from_both(moving):
    old = moving.former.put(b"old")
    new = moving.put(b"new")
    assert (moving.get(old), moving.get(new), moving.has(old)) == (b"old", b"new", True)
    assert not moving.former.has(new)
    assert moving.copy(old) is Copying.COPIED
    assert [moving.destroy(old) for _ in range(2)] == [True, False]
    assert not moving.current.has(old)
    assert not moving.former.has(old)
    assert moving.copy(old) is Copying.MISSING
    assert moving.where == moving.current.where


def spoil(files, digest):
    (files.folder / digest[:2] / digest).write_bytes(b"other")


def test_a_sound_one_of_either_store_is_given_and_a_damaged_one_is_not_copied(moving):
    digest = moving.former.put(b"notice")
    assert moving.copy(digest) is Copying.COPIED
    spoil(moving.current, digest)
    assert moving.get(digest) == b"notice"
    spoil(moving.former, digest)
    for asked in (moving.get, moving.current.get):
        with pytest.raises(DamagedFile):
            asked(digest)
    moving.current.destroy(digest)
    assert moving.copy(digest) is Copying.DAMAGED
    assert not moving.current.has(digest)


class Stepping:
    """A store that lets others go first before each thing that it does."""

    def __init__(self, files):
        self._files = files

    def __getattr__(self, name):
        def act(*given):
            getcurrent().parent.switch()
            return getattr(self._files, name)(*given)

        return act


@pytest.mark.parametrize("is_other_way_round", [False, True])
def test_what_is_removed_while_it_is_copied_comes_back_in_no_order_of_steps(
    moving, is_other_way_round
):
    """Also by a machine for which the new store still is the former one."""
    new, old = Stepping(moving.current), Stepping(moving.former)
    copying = MovingFiles(new, old)
    removing = MovingFiles(old, new) if is_other_way_round else copying
    all_steps = STEPS_OF_COPY + STEPS_OF_DESTROY
    for removed_at in combinations(range(all_steps), STEPS_OF_DESTROY):
        digest = moving.former.put(b"what slipped out")
        turns = {True: greenlet(removing.destroy), False: greenlet(copying.copy)}
        for turn in turns.values():
            turn.switch(digest)
        for step in range(all_steps):
            if not turns[step in removed_at].dead:
                turns[step in removed_at].switch()
        for turn in turns.values():
            while not turn.dead:
                turn.switch()
        assert not moving.current.has(digest), removed_at
        assert not moving.former.has(digest), removed_at
