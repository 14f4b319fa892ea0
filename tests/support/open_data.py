"""The schemas of the standard for official boards, read without a network."""

import json
from functools import cache

from jsonschema import Draft201909Validator, Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT201909

from support.paths import MATERIAL

SCHEMAS = MATERIAL / "open_data"
GEOMETRY = "https://raw.githubusercontent.com/ropensci/geojsonlint/master/inst/schema/geojson.json"
BOARD = "https://ofn.gov.cz/úřední-desky/2021-07-20/schémata/úřední-deska.json"


@cache
def _validators():
    """The standard's own, and our stricter profile."""
    texts = {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in SCHEMAS.glob("*.json")
    }
    profile = texts.pop("profile")
    known = [Resource.from_contents(schema, DRAFT201909) for schema in texts.values()]
    anything = Resource.from_contents({}, DRAFT201909)  # we give no geometry
    registry = Registry().with_resources(
        [*((each.id(), each) for each in known), (GEOMETRY, anything)]
    )
    board = registry.contents(BOARD)
    return (
        Draft201909Validator(
            board, registry=registry, format_checker=Draft201909Validator.FORMAT_CHECKER
        ),
        Draft202012Validator(profile),
    )


def faults_of_standard(board):
    """What the standard finds wrong in a board, in a line each."""
    return [error.message for error in _validators()[0].iter_errors(board)]


def faults_of_profile(board):
    """What is not exactly as we write it."""
    return [f"{error.json_path}: {error.message}" for error in _validators()[1].iter_errors(board)]
