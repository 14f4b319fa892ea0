"""What acts in several rooms need."""

import pytest
from support.mailbox import a_mailbox


@pytest.fixture(scope="module")
def post():
    with a_mailbox() as server:
        yield server


@pytest.fixture
def mailbox(post):
    post.letters.clear()
    post.out_of_order = False
    return post
