"""receipts: what photographs prove to hang on a board."""

from pathlib import Path

import click

from bulletin.cli.places import board_id_of
from bulletin.cli.roof import Session, as_json, console, pass_session, say_json
from bulletin.domain.refusals import Refused
from bulletin.domain.wall import VERDICT_WORDS
from bulletin.services.receipts import BoardReading, read_board


@click.group()
def receipts() -> None:
    """Photographs of notice boards."""


@receipts.command("read")
@click.argument(
    "photos",
    metavar="PHOTO...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--board", help="Its number or name (default: the board where most of them belong).")
@as_json
@pass_session
def read(session: Session, photos: tuple[Path, ...], board: str | None, as_json: bool) -> None:
    """Say which sheets hang on a board, which are stale and which are missing. Keeps nothing."""
    board_id = board_id_of(session, board) if board else None
    try:
        found = read_board(
            session.house, session.operator, [photo.read_bytes() for photo in photos], session.now,
            board_id=board_id,
        )  # fmt: skip
    except Refused as refused:
        raise click.ClickException(f"{', '.join(map(str, photos))}: {refused}") from refused
    if as_json:
        say_json(_json(found))
    else:
        _say(found)


def _json(found: BoardReading) -> dict[str, object]:
    return {
        "board": found.board_id,
        "seen": [
            {
                "code": seen.scan.code,
                "edition": seen.scan.edition,
                "page": seen.scan.page,
                "verdict": seen.verdict.value,
                "box": [seen.box.left, seen.box.top, seen.box.right, seen.box.bottom],
                "photo": seen.photo,
                "title": seen.title,
            }
            for seen in found.seen
        ],
        "missing": [
            {"code": m.code, "edition": m.edition, "title": m.title} for m in found.missing
        ],
        "missing_pages": [
            {"code": gap.code, "edition": gap.edition, "pages": list(gap.pages)}
            for gap in found.missing_pages
        ],
        "hint": found.hint,
        "taken": [photo.taken for photo in found.photos],
    }


def _say(found: BoardReading) -> None:
    if found.board:
        console.print(f"{found.board}{'（按贴着的纸认的）' if found.guessed else ''}")
    for seen in found.seen:
        page = f" 第{seen.scan.page}页" if seen.scan.page else ""
        console.print(
            f"  {seen.scan.code}.{seen.scan.edition}{page}  {VERDICT_WORDS[seen.verdict]}  {seen.title}"
        )
    for missing in found.missing:
        console.print(f"  {missing.code}.{missing.edition}  没有贴  {missing.title}")
    for gap in found.missing_pages:
        pages = "、".join(map(str, gap.pages))
        console.print(f"  {gap.code}.{gap.edition}  缺第{pages}页")
    if found.hint:
        console.print(found.hint)


COMMANDS = (receipts,)
