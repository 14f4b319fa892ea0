"""Words for the members of an enumeration: one stands beside each member, and nowhere else."""

from enum import StrEnum
from typing import Self, TypeVar


class Labelled(StrEnum):
    """An enumeration whose members carry the word that people read: `SUBMIT = "submit", "提交"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # looked up by its value alone
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


Member = TypeVar("Member", bound=Labelled)


def labels_of(kind: type[Member]) -> dict[Member, str]:
    """Every member with its word, in the order in which they are declared."""
    return {member: member.label for member in kind}
