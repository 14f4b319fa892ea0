"""The folder of the copy, also after a run that was cut off: the next one leaves nothing that must be gone."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from support.clock import NOON

from bulletin.domain.open_data.copy_parts import PartFiles
from bulletin.services.static_copy.folder import CopyFolder
from bulletin.services.static_copy.write import write_copy

LATER, AT_LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
NAMES = "N/A/names.csv"


def part(files, key="N/A"):
    return PartFiles(
        key=key,
        until=NOON + timedelta(days=90),
        files={path: text.encode() for path, text in files.items()},
        notices=frozenset(),
        static=frozenset(),
    )


def run(path, now, *files):
    """A run that comes to its end; each `files` is what one part holds."""
    folder = CopyFolder(path, now)
    for number, each in enumerate(files):
        folder.put(part(each, f"N/{'ABC'[number]}"))
    return folder.close("x", 1)


def files_of(path):
    return {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()} - {
        "SHA256SUMS",
        "manifest.json",
    }


def vanished(path):
    return json.loads((path / "manifest.json").read_bytes())["vanished"]


def test_what_a_cut_off_run_deleted_is_still_noted_as_vanished(tmp_path):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "a", NAMES: "王"})
    CopyFolder(path, LATER).put(part({"N/A/index.html": "a"}))  # and cut off
    done = run(path, AT_LAST, {"N/A/index.html": "a"})
    assert files_of(path) == {"N/A/index.html"}
    assert vanished(path) == {NAMES: AT_LAST.isoformat()}
    assert done.gone == 0  # by this run


def test_what_no_part_holds_is_noted_as_vanished_though_closing_was_cut_off(tmp_path, monkeypatch):
    path = tmp_path / "copy"
    CopyFolder(path, NOON).put(part({NAMES: "王"}))  # cut off before it was written down at all
    monkeypatch.setattr(CopyFolder, "_forget_vanished", _cut_off)
    with pytest.raises(KeyboardInterrupt):
        run(path, LATER, {"N/A/index.html": "a"})
    monkeypatch.undo()
    run(path, AT_LAST, {"N/A/index.html": "a"})
    assert files_of(path) == {"N/A/index.html"}
    assert vanished(path) == {NAMES: AT_LAST.isoformat()}


def _cut_off(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("moment", ["write_bytes", "replace"])
def test_a_file_in_whose_writing_a_run_was_cut_off_is_written_by_the_next(
    tmp_path, monkeypatch, moment
):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "old"})
    folder = CopyFolder(path, LATER)
    monkeypatch.setattr(Path, moment, _cut_off)
    with pytest.raises(KeyboardInterrupt):
        folder.put(part({"N/A/index.html": "new"}))
    monkeypatch.undo()
    run(path, AT_LAST, {"N/A/index.html": "new"})
    assert (path / "N/A/index.html").read_text() == "new"


def test_what_a_cut_off_run_wrote_already_has_changed_for_the_next_one(tmp_path):
    """Pages that name it are made anew by that: they may still say a title that was removed."""
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "before"}, {"N/B/index.html": "b"})
    CopyFolder(path, LATER).put(part({"N/A/index.html": "removed"}))  # and cut off
    for is_changed in (True, False):
        folder = CopyFolder(path, AT_LAST)
        assert folder.put(part({"N/A/index.html": "removed"})) is is_changed
        assert folder.put(part({"N/B/index.html": "b"}, "N/B")) is False
        folder.close("x", 1)


def test_what_was_half_written_of_a_page_does_not_outlive_it(tmp_path, monkeypatch):
    path = tmp_path / "copy"
    run(path, NOON, {"N/A/index.html": "a"}, {"N/B/index.html": "b"})
    folder = CopyFolder(path, LATER)
    monkeypatch.setattr(Path, "replace", _cut_off)
    with pytest.raises(KeyboardInterrupt):
        folder.put(part({"N/A/index.html": "a", NAMES: "王"}))
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
        write_copy(zhangjia.site, tmp_path / "copy", NOON, made_by=made_by, reader=reader)

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

    def parts(self, keys):
        for key in keys:
            if self._left == 0:
                raise KeyboardInterrupt
            self._left = self._left and self._left - 1
            yield part({f"page{key.replace('/', '')}.html": self._made_by}, key)

    def static(self, _addresses):
        return {}
