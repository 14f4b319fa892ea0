"""The keys of a site in its folder."""

import stat

import pytest

from bulletin.domain.transparency.successions import read_succession
from bulletin.domain.transparency.tree_head import UnreadableNote
from bulletin.keys.signed_note import read_notes
from bulletin.store.key_folder import KEY_FILE, KeyFolder


def test_a_key_is_made_once_and_is_for_its_owner_alone(tmp_path):
    first = KeyFolder(tmp_path).signer("bulletin/632126201")
    assert KeyFolder(tmp_path).signer("bulletin/632126201") == first
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]


def test_each_key_names_the_next_under_its_own_signature(tmp_path):
    keys = KeyFolder(tmp_path)
    first = keys.verifier("a")
    second, third = keys.rotate("a", 10), keys.rotate("a", 20)
    assert keys.verifier("a") == third
    statements = list(read_notes(keys.successions()))
    assert [
        statement.is_signed_by(key)
        for statement, key in zip(statements, (first, second), strict=True)
    ] == [True, True]
    assert [read_succession(each.text).size for each in statements] == [10, 20]
    assert read_succession(statements[1].text).key == str(third)


def test_a_file_that_holds_no_key_is_not_replaced(tmp_path):
    (tmp_path / KEY_FILE).write_text("something else", encoding="ascii")
    with pytest.raises(UnreadableNote):
        KeyFolder(tmp_path).signer("a")
    assert (tmp_path / KEY_FILE).read_text(encoding="ascii") == "something else"
