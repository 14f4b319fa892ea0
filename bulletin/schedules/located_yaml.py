"""YAML whose nodes know their file and line, so that an error names them and the remedy."""

from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, NoReturn

import yaml

from bulletin.domain.errors import Misconfigured

# The same reader in C, ten times as fast, where the library was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LocatedNode:
    """One node of a YAML file with its file and line."""

    def __init__(self, file: Path, node: yaml.Node, subject: str = "") -> None:
        self.file, self.node, self.subject = file, node, subject

    @property
    def line(self) -> int:
        return self.node.start_mark.line + 1

    def fail(self, message: str) -> NoReturn:
        subject = f"{self.subject}: " if self.subject else ""
        raise Misconfigured(f"{self.file}, line {self.line}: {subject}{message}")

    def about(self, subject: str) -> "LocatedNode":
        """The same node, whose errors name their subject."""
        return LocatedNode(self.file, self.node, subject)

    def mapping(
        self, required: AbstractSet[str], optional: AbstractSet[str] = frozenset()
    ) -> dict[str, "LocatedNode"]:
        """The entries of a mapping; a missing, unknown or repeated key is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("expected keys and values")
        entries: dict[str, LocatedNode] = {}
        for key, value in self.node.value:
            located_key = LocatedNode(self.file, key, self.subject)
            if key.value in entries:
                located_key.fail(f"key {key.value!r} stands twice")
            if key.value not in required | optional:
                known = ", ".join(sorted(required | optional))
                located_key.fail(f"unknown key {key.value!r}; known: {known}")
            entries[key.value] = LocatedNode(self.file, value, self.subject)
        if missing := sorted(required - entries.keys()):
            self.fail(f"key {missing[0]!r} is missing")
        return entries

    def sequence(self) -> list["LocatedNode"]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("expected a list")
        return [LocatedNode(self.file, node, self.subject) for node in self.node.value]

    def value(self) -> Any:
        """The node as plain Python."""
        return _plain(self.node)

    def text(self) -> str:
        value = self.value()
        if not isinstance(value, str) or not value.strip():
            self.fail(f"expected text, got {value!r}")
        return value


def _plain(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()


def read_yaml(file: Path) -> LocatedNode:
    """The root of a YAML file.

    Raises:
        Misconfigured: it cannot be read or is no YAML.
    """
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError as fault:
        raise Misconfigured(f"{file}: {fault.strerror}") from fault
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise Misconfigured(f"{file}: no valid YAML: {fault}") from fault
    if node is None:
        raise Misconfigured(f"{file}: the file is empty")
    return LocatedNode(file, node)
