"""Tables of money as tests write them, in a line each."""

from bulletin.domain.notices.content import Column, Table

LEDGER = "摘要 收入（元）$ 支出（元）$ 结余（元）$"


def table(heads, *rows, footer=None, caption=""):
    """Heads parted by blanks, those of money with a $ behind, of numbers a #; cells parted by |."""
    columns = tuple(
        Column(head.rstrip("$#"), {"$": "money", "#": "number"}.get(head[-1], "text"))
        for head in heads.split(" ")
    )
    split = tuple(tuple(row.split("|")) for row in rows)
    return Table(columns, split, tuple(footer.split("|")) if footer else None, caption)
