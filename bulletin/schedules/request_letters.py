"""schedules/request_letters.yaml → the wording of the letters of 依申请公开."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from bulletin.domain.oversight.requests.letters import (
    DECISION_FIELDS,
    FIELDS,
    LetterKind,
    LetterWording,
    LetterWordings,
    Remedy,
    fields_of,
)
from bulletin.schedules.located_yaml import LocatedNode, read_yaml


def load_request_letters(file: Path, outcomes: Iterable[str]) -> LetterWordings:
    """Read and check the wording of the letters.

    Args:
        outcomes: the keys of every way in which a request can end; each has its decision.

    Raises:
        Misconfigured: with file, line and remedy.
    """
    root = read_yaml(file).mapping({"letters", "decisions", "remedies"})
    letters = root["letters"].mapping({kind.value for kind in LetterKind})
    decisions = root["decisions"].mapping(set(outcomes))
    remedies = root["remedies"].mapping({Remedy.RECONSIDER_FIRST.value, Remedy.EITHER.value})
    return LetterWordings(
        letters={
            LetterKind(name): _letter(LetterKind(name), node) for name, node in letters.items()
        },
        decisions={key: _text(node, DECISION_FIELDS) for key, node in decisions.items()},
        remedies={Remedy(name): _text(node, DECISION_FIELDS) for name, node in remedies.items()},
    )


def _letter(kind: LetterKind, node: LocatedNode) -> LetterWording:
    keys = node.mapping({"title", "to", "text"})
    return LetterWording(
        keys["title"].text(), _text(keys["to"], FIELDS[kind]), _text(keys["text"], FIELDS[kind])
    )


def _text(node: LocatedNode, known: AbstractSet[str]) -> str:
    text = node.text()
    try:
        names = fields_of(text)
    except ValueError:
        node.fail("a brace has no other; write {name}")
    if unknown := sorted(names - known):
        node.fail(f"unknown field {{{unknown[0]}}}; known: {', '.join(sorted(known))}")
    return text
