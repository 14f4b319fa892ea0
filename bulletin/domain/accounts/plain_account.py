"""明白账: the few figures of a notice that are read from the road, out of the sums of its own tables.

Nothing is typed for it. What the tables don't give, or give in two ways, makes no figures.
"""

from bulletin.domain.accounts.figures import Figure, PlainAccount, largest, money
from bulletin.domain.accounts.ledgers import read_accounts
from bulletin.domain.accounts.lists import listed_figures
from bulletin.domain.accounts.projects import agreed_figures, project_figures
from bulletin.domain.accounts.totals import Accounts
from bulletin.domain.accounts.words import Side, yuan_words
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.notices.content import Document


def plain_account(document: Document, *, personal: bool = False) -> PlainAccount | Refusal:
    """The figures of a notice for its cover, or why its tables give none.

    Accounts come first (收入, 支出, 结余), then the prices of a project, then the sums of lists, then
    amounts that stand beside their name.

    Args:
        personal: the notice is a list of people, none of whom a cover names.
    """
    try:
        accounts = read_accounts(document)
        if accounts is not None:
            return _of_accounts(accounts)
        found = (
            project_figures(document)
            or listed_figures(document, personal=personal)
            or agreed_figures(document)
        )
    except Refused as refused:
        return refused.refusals[0]
    return found or Refusal("no_account", "表里没有收入、支出、结余，也没有能加起来的金额。")


def account_figures(accounts: Accounts) -> tuple[Figure, ...]:
    """上期结余, 收入, 支出, 结余.

    Raises:
        Refused: one of them is not given, or they do not add up.
    """
    income, spending = accounts.total(Side.INCOME), accounts.total(Side.SPENDING)
    opening, closing = accounts.opening(), accounts.closing()
    left = opening + income - spending
    if left != closing:
        raise refuse(
            "account_differs",
            f"上期结余{yuan_words(opening)}元加收入{yuan_words(income)}元减支出{yuan_words(spending)}元，"
            f"应当结余{yuan_words(left)}元，表里的结余是{yuan_words(closing)}元。",
        )
    named = (("上期结余", opening), ("收入", income), ("支出", spending), ("结余", closing))
    return tuple(money(label, amount) for label, amount in named)


def _of_accounts(accounts: Accounts) -> PlainAccount:
    figures = account_figures(accounts)
    spent = ((entry.label, entry.amount) for entry in accounts.entries[Side.SPENDING])
    items = largest(spent)
    return PlainAccount(figures, items, "最大的支出" if items else "", "逐笔")
