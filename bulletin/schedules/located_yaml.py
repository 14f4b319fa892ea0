"""YAML that remembers where it stands, so that a fault names file, line and remedy."""

from pathlib import Path
from typing import Any, NoReturn

import yaml

from bulletin.domain.errors import Misconfigured

# The same reader in C, ten times as fast, where the library was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Marked:
    """One node of a YAML file with its file and line."""

    def __init__(self, file: Path, node: yaml.Node, about: str = "") -> None:
        self.file, self.node, self.about = file, node, about

    @property
    def line(self) -> int:
        return self.node.start_mark.line + 1

    def fail(self, fault: str) -> NoReturn:
        about = f"{self.about}: " if self.about else ""
        raise Misconfigured(f"{self.file}, line {self.line}: {about}{fault}")

    def called(self, about: str) -> "Marked":
        """The same node, whose faults name what it is about."""
        return Marked(self.file, self.node, about)

    def mapping(self, required: set[str], optional: set[str] = frozenset()) -> dict[str, "Marked"]:  # type: ignore[assignment]
        """The entries of a mapping; a missing, unknown or repeated key is a fault."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("expected keys and values")
        found: dict[str, Marked] = {}
        for key, value in self.node.value:
            here = Marked(self.file, key, self.about)
            if key.value in found:
                here.fail(f"key {key.value!r} stands twice")
            if key.value not in required | optional:
                known = ", ".join(sorted(required | optional))
                here.fail(f"unknown key {key.value!r}; known: {known}")
            found[key.value] = Marked(self.file, value, self.about)
        if missing := sorted(required - found.keys()):
            self.fail(f"key {missing[0]!r} is missing")
        return found

    def sequence(self) -> list["Marked"]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("expected a list")
        return [Marked(self.file, node, self.about) for node in self.node.value]

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


def read_marked(file: Path) -> Marked:
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
    return Marked(file, node)
