"""What is known of a copy lies in many lists: a run reads and writes those that it touches, and no other."""

import json
import subprocess
from datetime import timedelta

import pytest
from support.clock import NOON
from support.kept_copies import pages_in, part

from bulletin.domain.errors import Refused
from bulletin.domain.open_data import copy_lists
from bulletin.domain.open_data.copy_lists import list_of, signs_for
from bulletin.services.static_copy.kept_copy import KeptCopy
from bulletin.store.copies.folder import CopyInFolder

LATER, TOMORROW = NOON + timedelta(hours=1), NOON + timedelta(days=1)
VILLAGES = [f"V/63022320221{number}" for number in range(4)]


class WatchedFolder(CopyInFolder):
    """A folder that tells which lists were read and written."""

    def __init__(self, folder):
        super().__init__(folder)
        self.read, self.written = [], []

    def lists(self, files):
        self.read += [name_of(file) for file in files]
        return super().lists(files)

    def write_lists(self, lists):
        self.written += [name_of(file) for file in lists]
        super().write_lists(lists)


def name_of(file):
    return file.partition(".")[0]


def run(path, now, *parts):
    """A run as the clock has it: what is due, what is unsound, then these parts."""
    place = WatchedFolder(path)
    copy = KeptCopy(place, now)
    copy.lists.due(now)
    for each in parts:
        copy.put_all([each])
    copy.lists.static()
    return copy.close("x", 1), place


@pytest.fixture
def county(tmp_path, monkeypatch):
    """Four villages with an item each, and forty notices in lists of ten."""
    monkeypatch.setattr(copy_lists, "NOTICES_IN_LIST", 2)
    folder = tmp_path / "copy"
    signs = [f"{first}{second}" for first in "0123" for second in "ABCDEFGHJK"]
    notices = [part({f"N/{each}/index.html": "a"}, f"N/{each}") for each in signs]
    places = [part({f"{key}/index.html": "a"}, key) for key in VILLAGES]
    items = [part({f"{key}/catalog/x/index.html": "a"}, f"{key}/catalog/x") for key in VILLAGES]
    run(folder, NOON, *notices, *places, *items, part({"index.html": "a"}, ""))
    return folder


def test_a_run_reads_and_writes_the_lists_of_what_it_touches_alone(county):
    done, place = run(
        county,
        LATER,
        part({"N/1A/index.html": "new"}, "N/1A"),
        part({f"{VILLAGES[2]}/index.html": "new"}, VILLAGES[2]),
        part({"index.html": "new"}, ""),
    )
    touched = ["N-1", "V-630223202212", "site"]
    assert sorted(place.read) == sorted(place.written) == touched
    assert (done.new, done.changed, done.gone, done.same) == (0, 3, 0, 46)
    assert len(pages_in(county)) == 49


def test_what_is_due_is_found_without_reading_the_other_lists(county):
    run(county, LATER, part({"N/1A/index.html": "a"}, "N/1A", until=TOMORROW))
    place = WatchedFolder(county)
    copy = KeptCopy(place, TOMORROW)
    assert copy.lists.due(TOMORROW - timedelta(minutes=1)) == set()
    assert place.read == []
    assert copy.lists.due(TOMORROW) == {"N/1A"}
    assert place.read == ["N-1"]


def test_no_list_is_written_that_says_what_it_said(county):
    gone = part({}, "N/1Z")
    _done, place = run(county, LATER, part({"N/1A/index.html": "a"}, "N/1A"), gone)
    assert place.written == []


def test_a_part_that_is_gone_leaves_no_list_of_its_own(county):
    run(county, LATER, *(part({}, key) for key in (VILLAGES[0], f"{VILLAGES[0]}/catalog/x")))
    names = {name_of(file.name) for file in (county / ".lists").iterdir()}
    assert names == {
        "N-0",
        "N-1",
        "N-2",
        "N-3",
        "site",
        *(key.replace("/", "-") for key in VILLAGES[1:]),
    }
    assert names == json.loads((county / "manifest.json").read_bytes())["lists"].keys()


def test_lists_are_spread_once_more_notices_come_and_know_what_they_knew(tmp_path, monkeypatch):
    monkeypatch.setattr(copy_lists, "NOTICES_IN_LIST", 2)
    codes = [f"{number:03}" for number in range(100)]
    for count, lists in ((2, 1), (30, 1), (100, 10)):
        notices = [part({f"N/{code}/index.html": code}, f"N/{code}") for code in codes[:count]]
        done, _place = run(tmp_path, NOON, *notices)
        assert len(list((tmp_path / ".lists").iterdir())) == lists
    assert (done.new, done.same) == (70, 30)
    done, _place = run(tmp_path, LATER, part({}, "N/000"))
    assert (done.gone, done.same) == (1, 99)
    assert pages_in(tmp_path) == {f"N/{code}/index.html": code for code in codes[1:]}


@pytest.mark.parametrize(
    ("notices", "signs"), [(0, 0), (256, 0), (257, 1), (8_192, 1), (8_193, 2), (200_000, 2)]
)
def test_a_county_has_a_thousand_lists_of_notices_and_a_small_township_one(notices, signs):
    assert signs_for(notices) == signs


def test_a_village_has_one_list_with_its_items():
    assert list_of("V/630223202214", 2) == list_of("V/630223202214/catalog/finance.x", 2)
    assert [list_of(key, 2) for key in ("N/7KQ2M4XXXX", "T/630223202", "")] == ["N-7K", "T", "site"]


def test_the_lists_are_what_sha256sum_checks(county):
    lists = "".join(file.read_text() for file in sorted((county / ".lists").iterdir()))
    command = ["sha256sum", "-c", "--strict", "--quiet"]
    for text, is_right in (("a", True), ("b", False)):
        (county / "N" / "1A" / "index.html").write_text(text)
        checked = subprocess.run(
            command, cwd=county, input=lists, text=True, capture_output=True, check=False
        )
        assert (checked.returncode == 0) is is_right
    assert "N/1A/index.html: FAILED" in checked.stdout


@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_a_list_that_is_damaged_stops_the_run_before_it_writes(county, damage):
    """What it told is on no other list, and what must vanish would stay."""
    (of_notices,) = (county / ".lists").glob("N-1.*")
    if damage == "gone":
        of_notices.unlink()
    else:
        of_notices.write_bytes(of_notices.read_bytes()[:-9])
    with pytest.raises(Refused, match=r"N-1\..+把这个地方清空"):
        run(county, LATER, part({"N/1A/index.html": "new"}, "N/1A"))
    assert pages_in(county)["N/1A/index.html"] == "a"


@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_a_folder_that_was_emptied_by_hand_is_written_anew(county, damage):
    """`rm -rf FOLDER/*` leaves what begins with a dot."""
    (of_notices,) = (county / ".lists").glob("N-1.*")
    if damage == "gone":
        of_notices.unlink()
    else:
        of_notices.write_bytes(of_notices.read_bytes()[:-9])
    (county / ".half").write_text("x")
    subprocess.run(["sh", "-c", "rm -rf ./*"], cwd=county, check=True)
    run(county, LATER, part({"N/1A/index.html": "new"}, "N/1A"))
    assert pages_in(county) == {"N/1A/index.html": "new"}


def test_where_the_manifest_is_lost_a_damaged_list_is_named_and_nothing_written(county):
    (of_notices,) = (county / ".lists").glob("N-1.*")
    of_notices.write_bytes(of_notices.read_bytes()[:-9])
    (county / "manifest.json").unlink()
    with pytest.raises(Refused, match=r"N-1\..+把这个地方清空"):
        run(county, LATER, part({"N/1A/index.html": "new"}, "N/1A"))
    assert pages_in(county)["N/1A/index.html"] == "a"


def test_what_somebody_deleted_is_unsound_when_the_files_are_looked_over(county):
    (county / "N" / "1A" / "index.html").unlink()
    copy = KeptCopy(CopyInFolder(county), LATER)
    assert copy.unsound() == set()
    copy.look_over()
    assert copy.unsound() == {"N/1A"}
    copy.put_all([part({"N/1A/index.html": "a"}, "N/1A")])
    done = copy.close("x", 1)
    assert (done.new, done.changed) == (1, 0)
    assert pages_in(county)["N/1A/index.html"] == "a"


def test_the_files_are_looked_over_once_a_day(county):
    copy = KeptCopy(CopyInFolder(county), NOON)
    assert not copy.was_looked_over_today()
    copy.look_over()
    copy.close("x", 1)
    assert KeptCopy(CopyInFolder(county), LATER).was_looked_over_today()
    assert not KeptCopy(CopyInFolder(county), TOMORROW).was_looked_over_today()
