"""duties, notices, boards: what a township holds, as tables or JSON."""

from datetime import date, timedelta
from typing import Any

import click
from rich.table import Table

from bulletin.cli.context import Day, Session, as_json, console, pass_session, say_json
from bulletin.cli.lookups import board_id_of
from bulletin.domain.boards.display_time import HOW_KNOWN_WORDS
from bulletin.domain.codes import read_code, read_digits
from bulletin.domain.days import village_time
from bulletin.domain.errors import NotFoundError
from bulletin.services.boards.ledger import HungLine, board_ledger
from bulletin.services.duties import overview as duty_overview
from bulletin.services.duties.overview import DutyLine
from bulletin.services.notices import overview
from bulletin.services.notices.overview import NoticeRow
from bulletin.services.places.lookups import village_id_of
from bulletin.services.public import notice_page


@click.command()
@click.option("--village", help="A village's name or code.")
@click.option("--from", "first", type=Day(), help="The first due day.")
@click.option("--to", "last", type=Day(), help="The last due day.")
@click.option("--as-of", type=Day(), help="Judge as of this day.")
@as_json
@pass_session
def duties(
    session: Session, village: str | None, first: date | None, last: date | None,
    as_of: date | None, as_json: bool,
) -> None:  # fmt: skip
    """What is owed: by whom, by when, and how it stands."""
    lines = duty_overview.duty_lines(
        session.house, session.operator, session.now,
        village_id=village_id_of(session.house, session.operator, village), as_of=as_of,
        first_due=first, last_due=last,
    )  # fmt: skip
    if as_json:
        say_json([_duty_json(line) for line in lines])
        return
    table = Table("应公开于", "状态", "村", "事项", "期", "在谁手里", box=None, header_style="bold")
    for line in lines:
        desk = "、".join(n.lies_with for n in line.notices if n.lies_with)
        table.add_row(
            str(line.due_on or "—"), line.standing_words, line.village or "乡镇", line.title,
            line.label, desk,
        )  # fmt: skip
    console.print(table)


def _duty_json(line: DutyLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "village": line.village,
        "publisher": line.publisher,
        "item": line.item_code,
        "title": line.title,
        "period": line.occasion,
        "label": line.label,
        "rule_on": line.rule_on,
        "due_on": line.due_on,
        "provisional": line.provisional,
        "standing": line.standing.value,
        "notices": [notice.code for notice in line.notices],
    }


@click.group()
def notices() -> None:
    """Notices: list them, show one."""


@notices.command("list")
@click.option("--village", help="A village's name or code.")
@as_json
@pass_session
def notices_list(session: Session, village: str | None, as_json: bool) -> None:
    """Every notice with its newest edition, the newest first."""
    rows = overview.notice_rows(
        session.house, session.operator, session.now,
        village_id=village_id_of(session.house, session.operator, village),
    )  # fmt: skip
    if as_json:
        say_json([notice_json(row) for row in rows])
        return
    table = Table(
        "编号", "版", "状态", "村", "标题", "登记号", "公示期", box=None, header_style="bold"
    )
    for row in rows:
        period = f"{row.opens_on} — {row.closes_on}" if row.opens_on else ""
        table.add_row(
            row.code, str(row.edition), row.state_words, row.village or "乡镇", row.title,
            row.number or "", period,
        )  # fmt: skip
    console.print(table)


@notices.command("show")
@click.argument("code")
@as_json
@pass_session
def notices_show(session: Session, code: str, as_json: bool) -> None:
    """Every edition of one notice. CODE is the code or the digits on its sheet."""
    rows = overview.edition_rows(
        session.house, session.operator, code_of(session, code), session.now
    )
    if as_json:
        say_json([notice_json(row) for row in rows])
        return
    for row in rows:
        console.print(f"[bold]{row.title}[/]  第{row.edition}版  {row.state_words}")
        for name, value in notice_json(row).items():
            console.print(f"  [dim]{name:>10}[/]  {value if value is not None else '—'}")


def notice_json(row: NoticeRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "edition": row.edition,
        "number": row.number,
        "title": row.title,
        "village": row.village,
        "publisher": row.publisher,
        "items": list(row.items),
        "state": row.public_state,
        "publish_at": village_time(row.publish_at) if row.publish_at else None,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "url": row.url,
    }


@click.group()
def boards() -> None:
    """Notice boards."""


@boards.command("list")
@click.option("--village", help="A village's name or code.")
@as_json
@pass_session
def boards_list(session: Session, village: str | None, as_json: bool) -> None:
    """Every board and how many sheets hang there by record."""
    rows = overview.board_rows(
        session.house, session.operator, session.now,
        village_id=village_id_of(session.house, session.operator, village),
    )  # fmt: skip
    if as_json:
        say_json(
            [
                {"id": r.id, "village": r.village, "name": r.name, "place": r.place,
                 "hanging": [f"{s.code}.{s.edition}" for s in r.hanging]}
                for r in rows
            ]
        )  # fmt: skip
        return
    table = Table("号", "村", "公开栏", "位置", "张贴", box=None, header_style="bold")
    for row in rows:
        table.add_row(
            str(row.id), row.village or "乡镇", row.name, row.place, str(len(row.hanging))
        )
    console.print(table)


@boards.command("ledger")
@click.argument("board")
@click.option("--from", "first_on", type=Day(), help="From this day on (default: a year back).")
@click.option("--to", "last_on", type=Day(), help="Up to this day (default: today).")
@click.option("--on", type=Day(), help="Only what hung there on this day.")
@as_json
@pass_session
def boards_ledger(
    session: Session, board: str, first_on: date | None, last_on: date | None, on: date | None,
    as_json: bool,
) -> None:  # fmt: skip
    """What hung on a board from when to when, how that is known, and what was too short."""
    until = last_on or session.today
    days = [day for day in (first_on or until - timedelta(days=365), until, on) if day]
    found = board_ledger(
        session.house, session.operator, board_id_of(session, board), session.now,
        first_on=min(days), last_on=max(days),
    )  # fmt: skip
    lines = found.lines if on is None else found.on(on)
    if as_json:
        say_json([_ledger_json(line) for line in lines])
        return
    table = Table(
        "编号", "版", "贴上", "取下", "怎么知道的", "", "标题", box=None, header_style="bold"
    )
    for line in lines:
        table.add_row(
            line.code, str(line.edition), str(line.hung_on or ""), str(line.down_on or ""),
            HOW_KNOWN_WORDS[line.how_known], _doubt(line), line.title,
        )  # fmt: skip
    console.print(table)
    for hidden in found.hidden:
        console.print(
            f"{hidden.code}: 网上看不到{hidden.hours}小时，建议公示到{hidden.proposed}  {hidden.title}"
        )


def _doubt(line: HungLine) -> str:
    if line.missed_on:
        return f"{line.missed_on}的照片上没有"
    return "不足期限" if line.too_short else ""


def _ledger_json(line: HungLine) -> dict[str, object]:
    return {
        "code": line.code,
        "edition": line.edition,
        "number": line.number,
        "title": line.title,
        "hung_on": line.hung_on,
        "down_on": line.down_on,
        "seen_on": line.seen_on,
        "missed_on": line.missed_on,
        "until": line.until,
        "how_known": line.how_known.value,
        "too_short": line.too_short,
    }


def code_of(session: Session, typed: str) -> str:
    """A notice's code from its code, its digits or its printed address."""
    code = read_code(typed.split(".", maxsplit=1)[0])
    if code is not None:
        return code
    if read_digits(typed) is not None and (
        tail := notice_page.find(session.house, typed, session.now)
    ):
        return tail
    raise NotFoundError(f"{typed!r} is no code of a notice: ten characters, as on the sheet")


COMMANDS = (duties, notices, boards)
