"""The demo, on which most commands are tried."""

import pytest
from support.commands import bulletin


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo, built once through the command line."""
    data = tmp_path_factory.mktemp("demo") / "data"
    done = bulletin("demo", "--no-serve", data=data)
    return data, done.stdout
