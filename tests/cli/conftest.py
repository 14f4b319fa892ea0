"""The demo, on which most commands are tried."""

import shutil

import pytest
from support.commands import bulletin
from support.once import made_once


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo, built once through the command line; each worker has a copy."""
    built = made_once(tmp_path_factory, "demo built", _build)
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(built / "data", data)
    return data, (built / "said").read_text("utf-8")


def _build(folder):
    done = bulletin("demo", "--no-serve", data=folder / "data")
    (folder / "said").write_text(done.stdout, "utf-8")
