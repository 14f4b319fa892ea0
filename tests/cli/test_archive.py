"""archive: the volume of a year, from the command line."""

import zipfile

import pytest
from support.commands import bulletin

pytestmark = pytest.mark.sqlite_only("the command line finds its database in the data folder")


def test_a_volume_is_written_for_a_village_and_for_the_township(zhangjia, settings, tmp_path):
    for given, name in ((["--village", "张家村"], "village.zip"), ([], "township.zip")):
        file = tmp_path / name
        done = bulletin(
            *("archive", "--year", "2025", *given, "-o", file, "--yes"), data=settings.data
        )
        assert "SHA256SUMS" in done.stdout
        with zipfile.ZipFile(file) as volume:
            assert {"index.html", "index.csv", "SHA256SUMS", "checkpoint"} <= set(volume.namelist())
    done = bulletin(
        *("archive", "--year", "2099", "-o", tmp_path / "a.zip", "--yes"),
        data=settings.data,
        expect=1,
    )
    assert "一年过完了才归档" in done.stderr
