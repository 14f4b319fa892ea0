"""What docs/county.md gives an operator is right in its shape, also what can't be run here."""

import configparser
import re
import shlex
from dataclasses import fields

import click
import pytest
import yaml
from support.clock import NOON
from support.nginx import written_server
from support.paths import ROOT
from werkzeug.test import Client

from bulletin.cli.main import build
from bulletin.settings import PREFIX, Settings
from bulletin.web.metrics import create_metrics

FOLDER = ROOT / "docs" / "county"
UNITS = sorted(FOLDER.glob("*.service"))
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name for name, service in COMPOSE["services"].items() if "build" in service}
COMMANDS = build(None).commands  # type: ignore[arg-type]  # (no site is put together)
METRIC = re.compile(r"\bbulletin_(?!test)\w+")


def _ensure_understood(words):
    """A command with options that it has, and all that it asks for."""
    name, *options = words
    with COMMANDS[name].make_context(name, list(options)) as context:
        assert isinstance(context, click.Context)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_that_there_is(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(unit, encoding="utf-8")
    assert set(parser.sections()) == {"Unit", "Service", "Install"}
    env, given, program, *words = shlex.split(parser["Service"]["ExecStart"])
    assert (env, given) == ("/usr/bin/env", "BULLETIN_METRICS=${ADDRESS}:${METRICS}")
    assert program.endswith("/bin/bulletin")
    filled = {"%i": "8001", "${ADDRESS}": "10.0.0.11"}
    words = [filled.get(word, word) for word in words]
    at = words.index("--data")
    assert words[at + 1] in parser["Service"]["ReadWritePaths"].split()
    del words[at : at + 2]
    _ensure_understood(words)


def test_there_is_a_unit_for_each_process_of_a_machine():
    assert [unit.name for unit in UNITS] == [
        "bulletin-clock.service",
        "bulletin-web@.service",
        "bulletin-worker@.service",
    ]


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_each_service_of_the_compose_file_can_start(name):
    service = COMPOSE["services"][name]
    assert ("image" in service) != ("build" in service)
    assert set(service.get("depends_on", ())) <= COMPOSE["services"].keys()
    for volume in service.get("volumes", ()):
        source = volume.partition(":")[0]
        assert source in COMPOSE["volumes"] or (FOLDER / source).is_file()
    if name in OURS:
        _ensure_understood(service["command"].split())
        assert (FOLDER / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


def test_the_compose_file_names_settings_that_there_are():
    known = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
    for name in OURS:
        given = COMPOSE["services"][name]["environment"].keys()
        assert {each for each in given if each.startswith(PREFIX)} <= known


def test_alerts_and_the_list_of_metrics_name_metrics_that_there_are(zhangjia):
    page = Client(create_metrics(zhangjia.site, lambda: NOON)).get("/metrics").text
    there = set(re.findall(r"^# HELP (\w+)", page, re.MULTILINE))
    guide = (ROOT / "docs" / "county.md").read_text(encoding="utf-8")
    rules = yaml.safe_load((FOLDER / "alerts.yaml").read_text(encoding="utf-8"))
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    assert set(METRIC.findall(" ".join(asked))) <= there
    assert set(METRIC.findall(guide)) == there, "the list is complete"


def test_the_door_of_the_compose_file_differs_from_the_other_in_its_names_alone():
    of_compose, written = (
        (FOLDER / name).read_text(encoding="utf-8") for name in ("compose-nginx.conf", "nginx.conf")
    )
    server = written[written.index("server {\n") :]
    server = server.replace("server_name gk.example.gov.cn", "server_name _")
    assert of_compose.endswith(server)


def test_the_copy_of_the_compose_file_is_given_out_as_the_guide_has_it():
    of_compose = (FOLDER / "compose-copy.conf").read_text(encoding="utf-8")
    listens = written_server().replace("server_name gk.example.gov.cn;", "listen 127.0.0.1:8080;")
    assert of_compose.endswith(listens)
    (root,) = re.findall(r"root ([^;]+);", listens)
    assert {COMPOSE["services"][name]["environment"]["BULLETIN_COPY"] for name in OURS} == {root}
    assert f"site:{root}:ro" in COMPOSE["services"]["door"]["volumes"]
