"""Whatever changes from run to run and wherever runs are cut off: the copy ends as the site is, and says what vanished."""

from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from support.clock import NOON
from support.kept_copies import former_copy, pages_in, part

from bulletin.domain.open_data import copy_lists
from bulletin.services.static_copy.kept_copy import KeptCopy
from bulletin.store.copies.folder import CopyInFolder

KEYS = ("N/A", "N/B", "N/BA", "N/C", "V/1", "V/1/catalog/x", "T/1", "")
NAMES = ("index.html", "paper.pdf", "x/a.csv")
FILES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from("ab"), max_size=3)
RUNS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(KEYS), FILES, max_size=4),  # what changed on the site
        st.none() | st.integers(0, 12),  # after so many steps the run is cut off
        st.integers(1, 4),  # parts put together
    ),
    min_size=1,
    max_size=6,
)


class CutOffError(Exception):
    """The power is gone."""


class Breaking(CopyInFolder):
    """A folder to which only so many steps can be done."""

    def __init__(self, folder, steps):
        super().__init__(folder)
        self._left = steps

    def _step(self):
        if self._left == 0:
            raise CutOffError
        self._left = self._left and self._left - 1

    def _write(self, path, data, *, synced=False):
        self._step()
        super()._write(path, data, synced=synced)

    def note(self, lines):
        self._step()
        super().note(lines)

    def delete(self, paths):
        for path in paths:
            self._step()
            super().delete([path])


def run(place, now, site, changed, together):
    copy = KeptCopy(place, now)
    if copy.is_made_otherwise("x"):
        copy.begin_anew()
        keys = copy.lists.keys() | site.keys()
    else:
        keys = changed | copy.unsound()
    parts = [part(site.get(key, {}), key) for key in sorted(keys)]
    for start in range(0, len(parts), together):
        copy.put_all(parts[start : start + together])
    copy.close("x", 1)


def pages_of(site):
    return {path: text for files in site.values() for path, text in files.items()}


@settings(max_examples=300, deadline=None)
@given(first=st.dictionaries(st.sampled_from(KEYS), FILES, max_size=4), runs=RUNS)
def test_the_copy_ends_as_the_site_is_wherever_runs_were_cut_off(tmp_path_factory, first, runs):
    """The first state is of the last release; a run that is cut off leaves its changes to the next."""
    with patch.object(copy_lists, "NOTICES_IN_LIST", 1):
        place, site, changed = tmp_path_factory.mktemp("copy"), {}, set()
        site |= _named(first)
        former_copy(place, site)
        shown = set(pages_of(site))
        for number, (change, steps, together) in enumerate([*runs, ({}, None, 2)], start=1):
            site |= _named(change)
            changed |= change.keys()
            now = NOON + timedelta(minutes=number)
            with suppress(CutOffError):
                run(Breaking(place, steps), now, site, changed, together)
                assert pages_in(place) == pages_of(site)
                changed.clear()
                shown |= set(pages_in(place))
        after = KeptCopy(CopyInFolder(place), NOON + timedelta(hours=1))
        assert after.unsound() == set()
        assert after.lists.holds(pages_of(site)) == set(pages_of(site))
        assert shown - set(pages_of(site)) <= after.manifest.vanished.keys()
        after.look_over()
        assert after.unsound() == set()


def _named(parts):
    """Files of parts by their paths."""
    return {
        key: {f"{key}/{name}".lstrip("/"): text for name, text in files.items()}
        for key, files in parts.items()
    }
