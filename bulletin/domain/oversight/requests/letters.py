"""Letters of a request for information: which there are, and how their wording is filled in.

The wording is the township's data; a person reads it over before it is issued, and what was issued stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from bulletin.domain.labels import Labelled
from bulletin.domain.oversight.requests.course import StepKind

TO_FILL = "〔请填〕"  # what only the clerk knows; no letter goes out with it


class LetterKind(Labelled):
    ACKNOWLEDGEMENT = "acknowledgement", "收件回执"
    MENDING = "mending", "补正告知书"
    EXTENSION = "extension", "延期答复告知书"
    THIRD_PARTY = "third_party", "征求第三方意见书"
    BODY = "body", "征求其他机关意见函"
    FEE = "fee", "收费通知"
    ANSWER = "answer", "答复书"

    @property
    def is_for_applicant(self) -> bool:
        """To who asked, and not to whom the office asks about it."""
        return self not in {LetterKind.THIRD_PARTY, LetterKind.BODY}


class Remedy(Labelled):
    """How an applicant who disagrees goes on."""

    RECONSIDER_FIRST = "reconsider_first", "先复议，后起诉"
    EITHER = "either", "复议或者起诉"
    NONE = "none", "不用写"


LETTER_OF_STEP = {kind: LetterKind(kind.value) for kind in StepKind}

_OF_REQUEST = frozenset(
    {"name", "number", "received_on", "asked_for", "due_on", "body", "county", "today"}
)
FIELDS: Mapping[LetterKind, frozenset[str]] = {
    LetterKind.ACKNOWLEDGEMENT: _OF_REQUEST | {"received_by"},
    LetterKind.MENDING: _OF_REQUEST | {"words", "until_on"},
    LetterKind.EXTENSION: _OF_REQUEST | {"days"},
    LetterKind.THIRD_PARTY: _OF_REQUEST - {"name"} | {"who", "reply_days"},
    LetterKind.BODY: _OF_REQUEST - {"name"} | {"who", "reply_days"},
    LetterKind.FEE: _OF_REQUEST | {"yuan", "count", "pay_until"},
    LetterKind.ANSWER: _OF_REQUEST | {"decision", "words", "remedy"},
}
DECISION_FIELDS = _OF_REQUEST  # of the sentence for an outcome, and of a remedy


@dataclass(frozen=True)
class LetterWording:
    title: str
    to: str  # whom it is written to: {name}, {who}
    text: str


@dataclass(frozen=True)
class LetterWordings:
    """All that the township's letters say."""

    letters: Mapping[LetterKind, LetterWording]
    decisions: Mapping[str, str]  # by the key of an outcome
    remedies: Mapping[Remedy, str]


def fields_of(text: str) -> set[str]:
    """The names in braces.

    Raises:
        ValueError: a brace without its other.
    """
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def filled(text: str, values: Mapping[str, str]) -> str:
    """A wording with its fields filled in; lines that are empty then are left out."""
    lines = (line.strip() for line in text.format_map(values).splitlines())
    return "\n".join(line for line in lines if line)


def answer_fields(
    wordings: LetterWordings, outcome: str, words: str, remedy: Remedy, values: Mapping[str, str]
) -> dict[str, str]:
    """What an answer says beside the facts of its request: the decision, its words, the way on."""
    decision = filled(wordings.decisions.get(outcome, ""), values)
    return {
        "decision": decision,
        "words": words or (TO_FILL if decision.endswith("：") else ""),
        "remedy": filled(wordings.remedies.get(remedy, ""), values),
    }
