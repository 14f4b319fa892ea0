"""财务公开表: the forms that a notice about money is written in, with the equations that hold in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.domain.notices.content import Column, Table

_NAME = r"[^+\-=×\s][^+\-=×]*"
_TERM = re.compile(rf"\s*([+-]?)\s*({_NAME}(?:×\s*{_NAME})*)")


@dataclass(frozen=True)
class EquationTerm:
    """One side's part: the product of what some columns or rows hold, added or taken off."""

    factors: tuple[str, ...]
    is_taken_off: bool = False


@dataclass(frozen=True)
class Equation:
    """期末余额 = 期初余额 + 本期增加 - 本期减少, of the columns of each row or of the rows of each column."""

    result: str
    terms: tuple[EquationTerm, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.result, *(name for term in self.terms for name in term.factors))

    @property
    def words(self) -> str:
        signs = ["－" if term.is_taken_off else "＋" for term in self.terms]
        parts = ["×".join(term.factors) for term in self.terms]
        return "".join(s + p for s, p in zip(signs, parts, strict=True)).removeprefix("＋")


@dataclass(frozen=True, kw_only=True)
class FinanceForm:
    """A table with its columns and lines in place."""

    key: str
    title: str  # 收支明细: what the button says, and the caption
    columns: tuple[Column, ...]
    lines: tuple[tuple[str, ...], ...]  # its first rows, as wide as the table
    footer: tuple[str, ...] | None
    column_equations: tuple[Equation, ...]
    row_equations: tuple[Equation, ...]
    items: frozenset[str]  # codes of the catalog that it serves
    topics: frozenset[str]  # of items of any catalog: finance, subsidy
    words: tuple[str, ...]  # in the title of an item, of any catalog

    def serves(self, code: str, title: str, topic: str) -> bool:
        return code in self.items or topic in self.topics or any(w in title for w in self.words)

    def table(self) -> Table:
        """The form as a table to fill in."""
        return Table(self.columns, self.lines, self.footer, self.title)


def read_equation(words: str) -> Equation:
    """期末余额 = 期初余额 + 本期增加 - 本期减少; 补贴金额 = 补贴面积 × 补贴标准.

    Raises:
        ValueError: it is none.
    """
    result, _, right = words.partition("=")
    matches = list(_TERM.finditer(right))
    whole = "".join(match[0] for match in matches)
    if not result.strip() or not matches or whole.strip() != right.strip():
        raise ValueError(f"no equation: {words!r}; write it as A = B + C - D, or A = B × C")
    terms = (
        EquationTerm(
            tuple(part.strip() for part in match[2].split("×")), is_taken_off=match[1] == "-"
        )
        for match in matches
    )
    return Equation(result.strip(), tuple(terms))


def offered(
    forms: Sequence[FinanceForm], items: Sequence[tuple[str, str, str]]
) -> list[FinanceForm]:
    """The forms that serve some items (code, title, topic); those named for one of them first."""

    def is_named(form: FinanceForm) -> bool:
        return any(code in form.items for code, _, _ in items)

    serving = [form for form in forms if any(form.serves(*item) for item in items)]
    return sorted(serving, key=lambda form: not is_named(form))
