"""Boards and notices as people at the command line call them."""

from bulletin.cli.context import CommandContext
from bulletin.domain.codes import TypedCode, read_code
from bulletin.domain.errors import NotFoundError
from bulletin.services.boards.overview import BoardRow, boards_in_brief
from bulletin.services.public import notice_page


def board_id_of(context: CommandContext, typed: str) -> int:
    """A board's id from its number, its name, or village and name together (张家村/西社公开栏).

    Raises:
        NotFoundError: no board is called so, or several are; names them.
    """
    rows = boards_in_brief(context.site, context.operator, context.now)
    matches = [row for row in rows if typed in {str(row.id), row.name, _full_name(row)}]
    if len(matches) == 1:
        return matches[0].id
    if not matches:
        raise NotFoundError(f"no board {typed!r}: `bulletin boards list` names them")
    raise NotFoundError(
        f"{typed!r} is the name of several boards: {', '.join(map(_full_name, matches))}"
    )


def _full_name(row: BoardRow) -> str:
    return f"{row.village or '乡镇'}/{row.name}"


def code_of(context: CommandContext, typed: str) -> str:
    """A notice's code from its code, its digits or its printed address."""
    code = read_code(typed.split(".", maxsplit=1)[0])
    if code is not None:
        return code
    asked = TypedCode.read(typed)
    if asked.digits and (tail := notice_page.find(context.site, asked, context.now)):
        return tail
    raise NotFoundError(f"{typed!r} is no code of a notice: ten characters, as on the sheet")
