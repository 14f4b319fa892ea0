"""Sentences that residents read, put together so that a page can say them in another language.

Chinese is the source. A sentence is a plain text wherever it is kept, printed, compared or sent; it
remembers of what it was put together, so that a page can say it in the language that its reader chose.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Self

Messages = Mapping[str, str]  # Chinese, with %(name)s where a fact stands → the same in a language


class Sentence(str):
    """A Chinese text that is translated part by part; see `say` and `say_each`."""

    __slots__ = ("facts", "template")
    template: str
    facts: Mapping[str, object]

    def __new__(cls, template: str, facts: Mapping[str, object] | None = None) -> Self:
        self = super().__new__(cls, template % (facts or {}))
        self.template, self.facts = template, facts or {}
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.template, self.facts

    def translated(self, messages: Messages) -> str:
        """In the language of some messages; what they lack stays Chinese."""
        facts = {name: _translated(fact, messages) for name, fact in self.facts.items()}
        return messages.get(self.template, self.template) % facts


class _Listing(Sentence):
    """Parts with a mark between them."""

    __slots__ = ("mark", "parts")
    mark: str
    parts: tuple[str, ...]

    def __new__(cls, mark: str, parts: tuple[str, ...]) -> Self:
        self = super().__new__(cls, "%(all)s", {"all": mark.join(parts)})
        self.mark, self.parts = mark, parts
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.mark, self.parts

    def translated(self, messages: Messages) -> str:
        parts = (str(_translated(part, messages)) for part in self.parts)
        return messages.get(self.mark, self.mark).join(parts)


def _translated(fact: object, messages: Messages) -> object:
    return fact.translated(messages) if isinstance(fact, Sentence) else fact


def say(template: str, /, **facts: object) -> Sentence:
    """A sentence of the public pages. The template is extracted for translators: it stands there as it is.

    Args:
        template: Chinese, with %(name)s where a fact stands and %% for a percent sign.
        facts: what stands there; a fact that is a sentence is translated too.
    """
    return Sentence(template, facts)


def say_each(mark: str, parts: Iterable[str]) -> Sentence:
    """Several in a row, with 、 or another of `MARKS` between them."""
    return _Listing(mark, tuple(parts))


def known_words(text: str) -> Sentence:
    """A word that was kept as plain text, such as the name of a body: translated if translators have it."""
    return Sentence(text.replace("%", "%%"))


MARKS = (say("、"), say("，"), say("；"), say("或"))
