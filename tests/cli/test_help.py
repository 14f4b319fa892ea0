"""What `--help` says of a command is what the command does."""

import click
import pytest

from bulletin.cli.demo import DEFAULT_DATA
from bulletin.cli.main import build
from bulletin.cli.params import Day, Moment
from bulletin.settings import read_settings


def commands(command, *path):
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from commands(child, *path, name)
    else:
        yield " ".join(path), command


COMMANDS = dict(commands(build(None)))  # nothing is opened for a help text


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_day_is_when_it_is_left_out_is_said(name):
    for option in COMMANDS[name].params:
        if isinstance(option.type, Day | Moment) and not option.required:
            assert "default" in option.help, option.opts


def test_the_folder_that_is_named_is_the_one_that_is_used(monkeypatch):
    monkeypatch.delenv("BULLETIN_DATA", raising=False)
    for name, command in COMMANDS.items():
        folder = next(option for option in command.params if option.name == "data")
        used = DEFAULT_DATA if name == "demo" else read_settings(None).data
        assert f"./{used.name})" in folder.help
