"""The text of a checkpoint, and of a statement that one key follows another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.transparency.successions import KeySuccession, read_succession
from bulletin.domain.transparency.tree_head import TreeHead, UnreadableNote, read_tree_head

ROOT = bytes(range(32))
HEAD = TreeHead("bulletin/632126201", 7, ROOT)


def test_a_head_is_three_lines():
    assert str(HEAD) == "bulletin/632126201\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert read_tree_head(str(HEAD)) == HEAD


def test_lines_that_others_add_do_not_disturb():
    assert read_tree_head(f"{HEAD}an extension\n") == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n7\n",
        "a\n07\nAAAA\n",
        "a\n-1\nAAAA\n",
        "a\n7\nno base64!\n",
        "a\n7\nAAAA\n",
        "\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n9999999999999999999999\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)
def test_what_is_no_head_is_named_so(text):
    with pytest.raises(UnreadableNote):
        read_tree_head(text)


@given(st.integers(0, 10**15), st.binary(min_size=32, max_size=32))
def test_every_head_is_read_back(size, root):
    head = TreeHead("gk.example.cn", size, root)
    assert read_tree_head(str(head)) == head


def test_a_succession_is_read_back_and_nothing_else_is_one():
    statement = KeySuccession("bulletin/632126201", 12, "bulletin/632126201+aabbccdd+AAAA")
    assert read_succession(str(statement)) == statement
    for text in ("", str(HEAD), str(statement).replace("v1", "v2"), f"{statement}more\n"):
        with pytest.raises(UnreadableNote):
            read_succession(text)
