"""receipts: what photographs prove to hang on a board."""

from pathlib import Path

import click

from bulletin.cli.context import CommandContext, as_json, console, pass_command_context, print_json
from bulletin.cli.lookups import board_id_of
from bulletin.domain.boards.sheet_verdicts import MAX_PHOTO_BYTES, MAX_PHOTOS
from bulletin.services.boards.photos.read import BoardReading, PhotoRefused, read_board

FAULTS = {
    "no_picture": "no photograph that can be opened; take a JPEG, PNG or WebP",
    "pdf": "a PDF, no photograph; take a JPEG, PNG or WebP of the board",
    "heic": "HEIC, which is not read here; save it as JPEG, or set the phone to its most compatible format",
    "photo_too_large": "larger than 20 MB; take it again in the camera's ordinary quality",
    "picture_too_large": "more pixels than are opened (JPEG 60, PNG and WebP 20 million); take it again "
    "as JPEG in the camera's ordinary quality",
}


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
@pass_command_context
def read(
    context: CommandContext, photos: tuple[Path, ...], board: str | None, as_json: bool
) -> None:
    """Say which sheets hang on a board, which are stale and which are missing. Keeps nothing."""
    if len(photos) > MAX_PHOTOS:
        raise click.UsageError(f"at most {MAX_PHOTOS} photographs of one board at once")
    board_id = board_id_of(context, board) if board else None
    try:
        reading = read_board(
            context.site, context.operator, map(_bytes, photos), context.now, board_id=board_id
        )
    except PhotoRefused as refused:
        fault = FAULTS.get(refused.codes[0], str(refused))
        raise click.ClickException(f"{photos[refused.place - 1]}: {fault}") from refused
    if as_json:
        print_json(_reading_json(reading))
    else:
        _print_reading(reading)


def _bytes(photo: Path) -> bytes:
    """As much of a file as shows that it is too large."""
    with photo.open("rb") as file:
        return file.read(MAX_PHOTO_BYTES + 1)


def _reading_json(reading: BoardReading) -> dict[str, object]:
    return {
        "board": reading.board_id,
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
            for seen in reading.seen
        ],
        "missing": [
            {"code": m.code, "edition": m.edition, "title": m.title} for m in reading.missing
        ],
        "missing_pages": [
            {"code": gap.code, "edition": gap.edition, "pages": list(gap.pages)}
            for gap in reading.missing_pages
        ],
        "hint": reading.hint,
        "taken": [photo.taken for photo in reading.photos],
    }


def _print_reading(reading: BoardReading) -> None:
    if reading.board:
        console.print(f"{reading.board}{'（按贴着的纸认的）' if reading.guessed else ''}")
    for seen in reading.seen:
        page = f" 第{seen.scan.page}页" if seen.scan.page else ""
        console.print(
            f"  {seen.scan.code}.{seen.scan.edition}{page}  {seen.verdict.label}  {seen.title}"
        )
    for missing in reading.missing:
        console.print(f"  {missing.code}.{missing.edition}  没有贴  {missing.title}")
    for gap in reading.missing_pages:
        pages = "、".join(map(str, gap.pages))
        console.print(f"  {gap.code}.{gap.edition}  缺第{pages}页")
    if reading.hint:
        console.print(reading.hint)


COMMANDS = (receipts,)
