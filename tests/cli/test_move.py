"""bulletin move, as the operator of a township and of a county types it: the whole demo, up and out again."""

import shutil

import pytest
from sqlalchemy import make_url
from support.commands import bulletin
from support.object_store import needs_object_store

from bulletin.store.files.open import open_files

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only(reason="it moves from one to the other")]


@pytest.fixture
def address(postgresql, tmp_path):
    """Of an empty database on PostgreSQL."""
    postgresql.prepare("empty", lambda _settings: None)
    settings = postgresql.settings(tmp_path)
    postgresql.copy_to("empty", settings)
    yield settings.database_url
    postgresql.drop(settings)


def _names(files):
    return {each.path.name for each in open_files(str(files)).stored()}


@needs_object_store
def test_the_demo_moves_up_and_out_again(demo, tmp_path, address, object_store):
    """From a folder into the county's bucket, and back into a folder."""
    data = tmp_path / "data"
    shutil.copytree(demo[0], data)
    county, own = tmp_path / "county", tmp_path / "own"
    store = f"s3://{object_store.new_bucket()}/files"
    to = ("--to", address, "--files", store)
    rehearsed = bulletin("move", *to, "--rehearse", "--yes", data=data)
    assert "rehearsed; nothing was changed" in rehearsed.stdout
    assert not county.exists()
    assert not _names(store)
    moved = bulletin("move", *to, "--address", "https://gk.county.example.cn", "--yes", data=data)
    assert "village 17" in moved.stdout
    assert "copy checkpoint.key" in moved.stdout
    in_county = {"BULLETIN_DATABASE_URL": address, "BULLETIN_FILES": store}
    assert _names(store) == _names(data / "files")
    assert "everything is as it was" in bulletin("verify", data=county, **in_county).stdout
    again = bulletin("move", *to, "--yes", data=data, expect=1)
    assert "nobody lives in this house" in again.stderr

    out = bulletin("move", "--to", str(own), "--yes", data=county, **in_county)
    assert "checkpoint.key went along" in out.stdout
    assert "everything is as it was" in bulletin("verify", data=own).stdout
    assert _names(own / "files") == _names(data / "files")
    for where in (make_url(address).password or "", store):
        assert not where or where.encode() not in (own / "bulletin.db").read_bytes()


def test_files_of_a_new_house_on_postgresql_have_to_be_named(settings, address):
    refused = bulletin("move", "--to", address, "--yes", data=settings.data, expect=1)
    assert "--files: name where the new house keeps its files" in refused.stderr
