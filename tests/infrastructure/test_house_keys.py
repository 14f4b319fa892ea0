"""The keys of a house that moves as a whole."""

import pytest

from bulletin.domain.errors import Misconfigured
from bulletin.house_keys import hand_over_keys, other_keys
from bulletin.store.key_folder import KEY_FILE, SECRET_FILE, SUCCESSIONS_FILE, KeyFolder


@pytest.fixture
def keys(settings):
    keys = KeyFolder(settings.data)
    keys.verifier("a")
    return keys


def test_all_that_signs_goes_along_and_again_as_often_as_one_likes(settings, keys, tmp_path):
    keys.rotate("a", 10)
    new = tmp_path / "new"
    for _run in range(2):
        handed = hand_over_keys(settings, new)
        assert handed == [SECRET_FILE, KEY_FILE, SUCCESSIONS_FILE]
        assert all(
            (new / name).read_text() == (settings.data / name).read_text() for name in handed
        )
        assert other_keys(settings, new) == ()


def test_keys_that_are_there_are_named_and_nothing_is_said_to_have_gone_along(
    settings, keys, tmp_path
):
    new = tmp_path / "new"
    KeyFolder(new).rotate("b", 3)
    assert other_keys(settings, new) == (KEY_FILE, SUCCESSIONS_FILE)
    with pytest.raises(Misconfigured, match=f"{KEY_FILE}, {SUCCESSIONS_FILE} in .* are others"):
        hand_over_keys(settings, new)
    assert not (new / SECRET_FILE).exists()
