"""明白账: a few plain sentences drafted from the tables, and whether they still say what the tables say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bulletin.domain.accounts.checks.lines import column_lines
from bulletin.domain.accounts.checks.money_columns import is_money
from bulletin.domain.accounts.figures import Figure, PlainAccount
from bulletin.domain.accounts.forms import FinanceForm
from bulletin.domain.accounts.ledgers import separate_accounts
from bulletin.domain.accounts.plain_account import account_figures, plain_account
from bulletin.domain.accounts.tables import all_rows, placed_tables
from bulletin.domain.accounts.words import plain_words, unit_of, yuan, yuan_words
from bulletin.domain.amounts import amount_of
from bulletin.domain.characters import folded
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.notices.content import Document, Summary, SummaryLine
from bulletin.domain.notices.content_serialization import MAX_SUMMARY_LABEL, MAX_SUMMARY_LINES
from bulletin.domain.notices.draft_checks import DraftCheck

_FEN = Decimal("0.01")
_LEFT, _CAME, _WENT, _NOW, _EACH = "上期剩下", "收进来", "花出去", "现在剩下", "平均"
_ACCOUNTS = {"上期结余": _LEFT, "收入": _CAME, "支出": _WENT, "结余": _NOW}
_NONE = {
    "上期结余": "上期没有剩",
    "收入": "没有收进来",
    "支出": "没有花出去",
    "结余": "现在没有剩",
}
_MENTION = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*([千万亿]?元)")


@dataclass(frozen=True)
class Heads:
    """How many people a village has; None where nobody said so."""

    residents: int | None = None
    households: int | None = None


def draft_summary(
    document: Document,
    *,
    last: Document | None = None,
    heads: Heads | None = None,
    personal: bool = False,
    forms: Sequence[FinanceForm] = (),
) -> Summary | Refusal:
    """明白账 for people who don't read ledgers, or why the tables give none.

    Args:
        last: the last notice of the same kind, for what changed.
        heads: for what it comes to per head; left out where it is not known.
        forms: whose lines are read one by one, where the tables are no accounts and no lists.
        personal: it is a list of people, none of whom is named.
    """
    found = plain_account(document, personal=personal)
    if isinstance(found, Refusal):
        instead = {
            "no_account": lambda: _lines_of_form(document, forms),
            "several_accounts": lambda: _funds(document),
        }
        lines = instead.get(found.code, list)()
        return Summary(tuple(lines[:MAX_SUMMARY_LINES])) if lines else found
    before = None if last is None else plain_account(last, personal=personal)
    earlier = {f.label: f for f in before.figures} if isinstance(before, PlainAccount) else {}
    lines = [_line(figure, earlier.get(figure.label), found) for figure in found.figures]
    lines += _most(found)
    lines += _per_head(found, heads or Heads())
    return Summary(tuple(lines))


def _lines_of_form(document: Document, forms: Sequence[FinanceForm]) -> list[SummaryLine]:
    """可分配收益, 分配给成员, 结转下期: the lines that a form has by name, as they stand."""
    names = {plain_words(name) for form in forms for e in form.row_equations for name in e.names}
    for _, table, words in placed_tables(document):
        for place in range(len(table.columns)):
            if not is_money(table, place):
                continue
            lines = column_lines(table, place, words)
            named = [li for li in lines if li.amount and plain_words(li.label) in names]
            if named:
                return [
                    SummaryLine(li.label.strip(), f"{yuan_words(li.amount or Decimal(0))}元")
                    for li in named
                ]
    return []


def _funds(document: Document) -> list[SummaryLine]:
    """A line for each of several funds: what was left, came in, went out and is left now."""
    try:
        return [
            SummaryLine(
                name[:MAX_SUMMARY_LABEL], "，".join(map(_in_a_row, account_figures(account)))
            )
            for name, account in separate_accounts(document)
        ]
    except Refused:  # of one of them the sums are not there, or not right
        return []


def _in_a_row(figure: Figure) -> str:
    return f"{_ACCOUNTS[figure.label]}{_said(figure)}" if _amount(figure) else _NONE[figure.label]


def _said(figure: Figure) -> str:
    """An amount as one says it: 没有 for nothing, 超支 for less."""
    amount = _amount(figure)
    if not amount:
        return "没有"
    if figure.label in ("上期结余", "结余") and amount < 0:
        return f"没有剩，超支{figure.words.removeprefix('-')}{figure.unit}"
    return f"{figure.words}{figure.unit}"


def _line(figure: Figure, before: Figure | None, found: PlainAccount) -> SummaryLine:
    words = _said(figure)
    label = _ACCOUNTS.get(figure.label, figure.label)
    if before is not None and before.unit == figure.unit and label != _LEFT:
        words += _change(_amount(figure), _amount(before), figure)
    if label == _WENT and found.largest:
        words += f"；最多的是{_named(found.largest[0])}"
    return SummaryLine(label[:MAX_SUMMARY_LABEL], words)


def _change(now: Decimal, before: Decimal, figure: Figure) -> str:
    if now == before:
        return "，和上期一样"
    more = "多" if now > before else "少"
    gap = abs(now - before)
    words = yuan_words(gap) if figure.unit == "元" else f"{gap:,f}"
    return f"，比上期{more}{words}{figure.unit}"


def _most(found: PlainAccount) -> Iterator[SummaryLine]:
    """What a list or a project has most of; of accounts it stands with the spending."""
    if found.largest and not _of_accounts(found):
        words = "、".join(map(_named, found.largest))
        yield SummaryLine(found.largest_of[:MAX_SUMMARY_LABEL], words)


def _named(figure: Figure) -> str:
    return f"{figure.label}{figure.words}{figure.unit}"


def _of_accounts(found: PlainAccount) -> bool:
    return {figure.label for figure in found.figures} == set(_ACCOUNTS)


def _per_head(found: PlainAccount, heads: Heads) -> Iterator[SummaryLine]:
    """What it comes to per head: of the village's accounts its people, of a list those who stand on it."""
    figures = {figure.label: figure for figure in found.figures}
    if _of_accounts(found):
        who, count, unit = ("每人", heads.residents, "人")
        if not count:
            who, count, unit = ("每户", heads.households, "户")
        if count:
            said = [
                f"{_ACCOUNTS[name]}{_share(_amount(figures[name]), count)}元"
                for name in ("收入", "支出")
                if _amount(figures[name])
            ]
            if said:
                words = f"{'，'.join(said)}（按本村{count:,}{unit}算）"
                yield SummaryLine(f"{_EACH}{who}", words)
        return
    counted = figures.get("共")
    money = [figure for figure in found.figures if figure.unit == "元"]
    if counted is not None and counted.unit in ("户", "人") and len(money) == 1:
        share = _share(_amount(money[0]), int(_amount(counted)))
        yield SummaryLine(f"{_EACH}每{counted.unit}", f"{share}元")


def _share(amount: Decimal, count: int) -> str:
    return yuan_words((amount / count).quantize(_FEN, ROUND_HALF_UP))


def _amount(figure: Figure) -> Decimal:
    return Decimal(figure.words.replace(",", ""))


def summary_check(document: Document, fresh: Summary | Refusal) -> DraftCheck | None:
    """Whether 明白账 names an amount that is neither in the tables nor follows from them.

    The words are free; the figures are not.

    Args:
        fresh: what the tables give now (`draft_summary`).
    """
    for block, box in enumerate(document.blocks):
        if isinstance(box, Summary):
            drafted = {} if isinstance(fresh, Refusal) else {li.label: li for li in fresh.lines}
            known = _table_amounts(document) | {
                amount for line in drafted.values() for amount, _ in _mentions(line.words)
            }
            for row, line in enumerate(box.lines):
                if words := _fault(line, drafted.get(line.label), known):
                    sentence = f"明白账和表不一样：{words}请照表重新写一份，或者改好这一行。"
                    return DraftCheck(code="summary_differs", words=sentence, block=block, row=row)
    return None


def _fault(line: SummaryLine, drafted: SummaryLine | None, known: set[Decimal]) -> str:
    said = list(_mentions(line.words))
    right = next(_mentions(drafted.words), None) if drafted is not None else None
    if right is not None and said and not _is_one(said[0], {right[0], -right[0]}):
        return (
            f"“{line.label}”写的是{yuan_words(said[0][0])}元，按表是{yuan_words(right[0])}元，"
            f"差{yuan_words(abs(said[0][0] - right[0]))}元。"
        )
    strange = next((mention for mention in said if not _is_one(mention, known)), None)
    if strange is None:
        return ""
    return f"“{line.label}”里的{yuan_words(strange[0])}元在表里找不到。"


def _mentions(words: str) -> Iterator[tuple[Decimal, Decimal]]:
    """The amounts that some words name in yuan, each with the unit to which it may be rounded."""
    for figure, unit_words in _MENTION.findall(folded(words)):
        unit, amount = unit_of(unit_words), amount_of(figure)
        if amount is not None:
            step = unit.scaleb(-len(figure.partition(".")[2])) if unit > 1 else Decimal(0)
            yield amount * unit, step


def _is_one(mention: tuple[Decimal, Decimal], known: set[Decimal]) -> bool:
    amount, step = mention
    return any(abs(each - amount) <= step / 2 for each in known)


def _table_amounts(document: Document) -> set[Decimal]:
    return {
        amount
        for _, table, words in placed_tables(document)
        for row in all_rows(table)
        for column, cell in zip(table.columns, row, strict=True)
        if (amount := yuan(cell, unit_of(column.title, words))) is not None
    }
