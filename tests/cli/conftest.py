"""The demo, on which most commands are tried."""

import pytest
from support.demo import built_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo and what its command said; each worker has a copy."""
    return built_demo(tmp_path_factory)
