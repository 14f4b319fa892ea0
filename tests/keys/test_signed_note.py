"""Signed notes, against the published example and against every tampering."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.transparency.tree_head import UnreadableNote
from bulletin.keys.signed_note import (
    new_key,
    read_note,
    read_notes,
    read_signer_key,
    read_verifier_key,
    sign,
)

# The example of golang.org/x/mod/sumdb/note, whose format this is.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_published_example_is_signed_and_read():
    key = read_signer_key(PRIVATE)
    assert str(key.verifier) == PUBLIC
    note = read_note(NOTE)
    assert note.is_signed_by(read_verifier_key(PUBLIC))
    assert str(sign(note.text, key)) == NOTE


def test_keys_are_read_back_and_differ():
    key, other = new_key("bulletin/632126201"), new_key("bulletin/632126201")
    assert read_signer_key(str(key)) == key
    assert read_verifier_key(str(key.verifier)) == key.verifier
    assert key.verifier.id != other.verifier.id
    assert not sign("a\n", key).is_signed_by(other.verifier)


@given(st.integers(0, len(NOTE) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_a_note_with_one_character_changed_is_not_signed(at, character):
    touched = NOTE[:at] + character + NOTE[at + 1 :]
    try:
        note = read_note(touched)
    except UnreadableNote:
        return
    signed = note.is_signed_by(read_verifier_key(PUBLIC))
    assert signed == (touched == NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no note\n",
        "no note\n\n",
        "text\n\n— name\n",
        "text\n\n— name AAAA\n",
        "text\n\nname AAAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "text\x00\n\n— name AAAAAAAA\n",
        "text\n\n— a b AAAAAAAA\n",
    ],
)
def test_what_is_no_note_is_named_so(text):
    with pytest.raises(UnreadableNote):
        read_note(text)


@pytest.mark.parametrize("key", ["", "name", PUBLIC[:-4], PUBLIC.replace("c74f", "c74e"), PRIVATE])
def test_a_key_that_was_not_copied_whole_is_named_so(key):
    with pytest.raises(UnreadableNote):
        read_verifier_key(key)


@pytest.mark.parametrize("key", ["", PUBLIC, PRIVATE[:-4]])
def test_a_file_without_a_private_key_is_named_so(key):
    with pytest.raises(UnreadableNote):
        read_signer_key(key)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb"])
def test_a_name_that_a_note_cannot_bear_gets_no_key(name):
    with pytest.raises(UnreadableNote):
        new_key(name)


def test_notes_that_stand_one_behind_the_other_are_told_apart():
    key = new_key("a")
    notes = [sign("first\n\nwith a gap\n", key), sign("second\n", key)]
    assert list(read_notes("".join(map(str, notes)))) == notes
    assert list(read_notes("")) == []
