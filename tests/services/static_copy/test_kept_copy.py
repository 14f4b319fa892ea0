"""The folder of the copy, also after a run that was cut off: the next one leaves nothing that must be gone."""

import json
import os
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from support.clock import NOON
from support.kept_copies import pages_in, part

from bulletin.services.static_copy.kept_copy import KeptCopy
from bulletin.services.static_copy.write import write_copy
from bulletin.store.copies.folder import CopyInFolder

LATER, AT_LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
NAMES = "N/A/names.csv"


FORMER_FIRST = [part({"V/index.html": "a"}), part({"V/list.html": "b"}, "N/B")]


def run(path, now, *files):
    """A run that comes to its end; each `files` is what one part holds."""
    folder = KeptCopy(CopyInFolder(path), now)
    for number, each in enumerate(files):
        folder.put_all([part(each, f"N/{'ABC'[number]}")])
    return folder.close("x", 1)


def files_of(path):
    return pages_in(path).keys()


def vanished(path):
    return json.loads((path / "manifest.json").read_bytes())["vanished"]


def test_what_a_cut_off_run_deleted_is_still_noted_as_vanished(tmp_path):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "a", NAMES: "王"})
    KeptCopy(CopyInFolder(path), LATER).put_all([part({"N/A/index.html": "a"})])  # and cut off
    done = run(path, AT_LAST, {"N/A/index.html": "a"})
    assert files_of(path) == {"N/A/index.html"}
    assert vanished(path) == {NAMES: AT_LAST.isoformat()}
    assert done.gone == 0  # by this run


def test_what_no_part_holds_is_noted_as_vanished_though_closing_was_cut_off(tmp_path, monkeypatch):
    path = tmp_path / "copy"
    KeptCopy(CopyInFolder(path), NOON).put_all(
        [part({NAMES: "王"})]
    )  # cut off before it was written down at all
    monkeypatch.setattr(KeptCopy, "_forget_vanished", _cut_off)
    with pytest.raises(KeyboardInterrupt):
        run(path, LATER, {"N/A/index.html": "a"})
    monkeypatch.undo()
    run(path, AT_LAST, {"N/A/index.html": "a"})
    assert files_of(path) == {"N/A/index.html"}
    assert vanished(path) == {NAMES: AT_LAST.isoformat()}


def _cut_off(*_, **_options):
    raise KeyboardInterrupt


@pytest.mark.parametrize("moment", ["write_bytes", "replace"])
def test_a_file_in_whose_writing_a_run_was_cut_off_is_written_by_the_next(
    tmp_path, monkeypatch, moment
):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "old"})
    folder = KeptCopy(CopyInFolder(path), LATER)
    monkeypatch.setattr(Path, moment, _cut_off)
    with pytest.raises(KeyboardInterrupt):
        folder.put_all([part({"N/A/index.html": "new"})])
    monkeypatch.undo()
    run(path, AT_LAST, {"N/A/index.html": "new"})
    assert (path / "N/A/index.html").read_text() == "new"


def test_what_a_cut_off_run_wrote_already_has_changed_for_the_next_one(tmp_path):
    """Pages that name it are made anew by that: they may still say a title that was removed."""
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "before"}, {"N/B/index.html": "b"})
    KeptCopy(CopyInFolder(path), LATER).put_all(
        [part({"N/A/index.html": "removed"})]
    )  # and cut off
    for is_changed in (True, False):
        folder = KeptCopy(CopyInFolder(path), AT_LAST)
        assert bool(folder.put_all([part({"N/A/index.html": "removed"})])) is is_changed
        assert folder.put_all([part({"N/B/index.html": "b"}, "N/B")]) == []
        folder.close("x", 1)


def test_what_was_half_written_of_a_page_does_not_outlive_it(tmp_path, monkeypatch):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "a"}, {"N/B/index.html": "b"})
    folder = KeptCopy(CopyInFolder(path), LATER)
    monkeypatch.setattr(Path, "replace", _cut_off)
    with pytest.raises(KeyboardInterrupt):
        folder.put_all([part({"N/A/index.html": "a", NAMES: "王"})])
    monkeypatch.undo()
    run(path, AT_LAST, {}, {"N/B/index.html": "b"})  # meanwhile it was taken down
    assert files_of(path) == {"N/B/index.html"}
    assert not (path / "N/A").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("F/A/list", "F/A/list/index.html"),
        ("F/A/list/index.html", "F/A/list"),
    ],
)
def test_a_file_gives_way_to_a_folder_of_its_name_and_back(tmp_path, before, after):
    path = tmp_path / "copy"
    run(path, NOON, {before: "a"})
    run(path, LATER, {after: "b"})
    assert files_of(path) == {after}
    assert vanished(path) == {before: LATER.isoformat()}


def test_what_a_cut_off_run_wrote_is_not_believed_after_a_power_cut(tmp_path):
    """The list says what was to be in the file, and the disk never got it."""
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "a"})
    KeptCopy(CopyInFolder(path), LATER).put_all([part({"N/A/index.html": "new"})])  # and cut off
    (path / "N/A/index.html").write_bytes(bytes(3))
    run(path, AT_LAST, {"N/A/index.html": "new"})
    assert (path / "N/A/index.html").read_text() == "new"


def test_a_list_vouches_for_nothing_that_the_disk_may_still_lose(tmp_path, monkeypatch):
    path, synced = tmp_path / "copy", []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    run(path, NOON, {"N/A/index.html": "a", NAMES: "王"})
    (of_notices,) = (path / ".lists").iterdir()
    files = {(path / name).stat().st_ino for name in ("N/A/index.html", NAMES)}
    last = (of_notices, path / "manifest.json", path / "SHA256SUMS")
    assert set(synced[-5:-3]) == files
    assert synced[-3:] == [file.stat().st_ino for file in last]


def test_what_is_noted_of_a_file_is_on_the_disk_before_the_file_is_touched(tmp_path, monkeypatch):
    """After a power cut a page that is listed nowhere would never be deleted."""
    path, noted = tmp_path / "copy", []
    run(path, NOON, {NAMES: "王"})
    monkeypatch.setattr(os, "fsync", lambda _: noted.append((path / "SHA256SUMS").read_text()))
    monkeypatch.setattr(Path, "unlink", _cut_off)
    with pytest.raises(KeyboardInterrupt):
        KeptCopy(CopyInFolder(path), LATER).put_all([part({"N/A/index.html": "a"})])
    assert noted[0].count("0" * 64) == 2
    assert files_of(path) == {NAMES}


def test_of_parts_that_are_written_together_all_is_noted_before_the_first_is_touched(
    tmp_path, monkeypatch
):
    """One wait for the disk instead of one each."""
    path, noted = tmp_path / "copy", []
    run(path, NOON, {"N/A/index.html": "a"}, {"N/B/index.html": "b"})
    folder = KeptCopy(CopyInFolder(path), LATER)
    monkeypatch.setattr(os, "fsync", lambda _: noted.append((path / "SHA256SUMS").read_text()))
    monkeypatch.setattr(Path, "replace", _cut_off)
    with pytest.raises(KeyboardInterrupt):
        folder.put_all([part({"N/A/index.html": "new"}), part({"N/B/index.html": "new"}, "N/B")])
    monkeypatch.undo()
    assert [each.count("0" * 64) for each in noted] == [2]
    assert KeptCopy(CopyInFolder(path), AT_LAST).unsound() == {"N/A", "N/B"}


@pytest.mark.parametrize("parts", [FORMER_FIRST, FORMER_FIRST[::-1]])
def test_a_file_that_went_to_another_part_is_there_whichever_is_put_first(tmp_path, parts):
    path = tmp_path / "copy"
    run(path, NOON, {"V/index.html": "a", "V/list.html": "b"})
    folder = KeptCopy(CopyInFolder(path), LATER)
    folder.put_all(parts)
    folder.close("x", 1)
    assert files_of(path) == {"V/index.html", "V/list.html"}


def test_a_part_that_a_cut_off_run_touched_is_unsound_until_it_is_put_again(tmp_path):
    """Also one that nothing changed: its page says what another one said meanwhile."""
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "a", NAMES: "王"}, {"N/B/index.html": "b"})
    assert KeptCopy(CopyInFolder(path), LATER).unsound() == set()
    KeptCopy(CopyInFolder(path), LATER).put_all(
        [part({"N/A/index.html": "a"})]
    )  # and cut off: it deleted names
    assert KeptCopy(CopyInFolder(path), AT_LAST).unsound() == {"N/A"}
    run(path, AT_LAST, {"N/A/index.html": "a"})
    assert KeptCopy(CopyInFolder(path), AT_LAST).unsound() == set()


@pytest.fixture
def blind_disk(monkeypatch):
    """A disk that finds `A.pdf` when `a.pdf` is asked for; a file keeps the name that it got first."""

    def found(path):
        beside = path.parent.iterdir() if path.parent.is_dir() else ()
        return next((p for p in beside if p.name.casefold() == path.name.casefold()), path)

    def blind(act):
        return lambda path, *rest, **options: act(found(path), *rest, **options)

    for name in ("is_file", "unlink", "read_bytes"):
        monkeypatch.setattr(Path, name, blind(getattr(Path, name)))
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, to: replace(path, found(to)))


@pytest.mark.usefixtures("blind_disk")
@pytest.mark.parametrize("last", ["A.pdf", "a.pdf"])
def test_on_a_disk_that_is_blind_to_case_a_cut_off_renaming_loses_no_file(tmp_path, last):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/A.pdf": "old"})
    KeptCopy(CopyInFolder(path), LATER).put_all([part({"N/A/a.pdf": "new"})])  # and cut off
    text = {"A.pdf": "old", "a.pdf": "new"}[last]
    for _ in range(2):
        run(path, AT_LAST, {f"N/A/{last}": text})
        assert files_of(path) == {f"N/A/{last}"}
        assert (path / "N/A" / last).read_text() == text


def test_what_came_back_has_not_vanished(tmp_path):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "a", NAMES: "王"})
    run(path, LATER, {"N/A/index.html": "a"})
    run(path, AT_LAST, {"N/A/index.html": "a", NAMES: "王"})
    assert vanished(path) == {}


def test_a_cut_off_run_of_other_settings_leaves_none_of_its_pages(zhangjia, tmp_path):
    """What it had written already says something else than the rest."""

    def write(made_by, keys_before_cut=None):
        reader = Reader(made_by, keys_before_cut)
        write_copy(
            zhangjia.site, CopyInFolder(tmp_path / "copy"), NOON, made_by=made_by, reader=reader
        )

    write("ours")
    with pytest.raises(KeyboardInterrupt):
        write("other", 1)
    write("ours")
    pages = (tmp_path / "copy").glob("page*.html")
    assert {page.read_text() for page in pages} == {"ours"}


class Reader:
    """Pages that say by which settings they were made."""

    def __init__(self, made_by, keys_before_cut):
        self._made_by, self._left = made_by, keys_before_cut

    def expect(self, keys):
        """Nobody else reads along."""

    def parts(self, keys):
        for key in keys:
            if self._left == 0:
                raise KeyboardInterrupt
            self._left = self._left and self._left - 1
            yield [part({f"page{key.replace('/', '')}.html": self._made_by}, key)]

    def static(self, _addresses):
        return {}


def test_a_large_folder_is_opened_in_time_that_grows_with_it_and_no_faster(tmp_path):
    """A hundred thousand files are ten thousand notices; each with each takes many minutes."""
    path, count = tmp_path / "copy", 20_000
    files = [f"N/{number}.txt" for number in range(count)]
    (path / "N").mkdir(parents=True)
    for file in files:
        (path / file).touch()
    lines = "".join(f"{'0' * 63}1  {file}\n" for file in files)
    (path / "SHA256SUMS").write_text(lines, encoding="utf-8")
    began = process_time()
    folder = KeptCopy(CopyInFolder(path), NOON)
    assert process_time() - began < 3  # of this process
    assert folder.close("x", 1).gone == count
    assert files_of(path) == set()
