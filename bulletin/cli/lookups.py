"""Boards as people at the command line call them."""

from bulletin.cli.context import Session
from bulletin.domain.errors import NotFoundError
from bulletin.services.notices.overview import BoardRow, board_rows


def board_id_of(session: Session, typed: str) -> int:
    """A board's id from its number, its name, or village and name together (张家村/西社公开栏).

    Raises:
        NotFoundError: no board is called so, or several are; names them.
    """
    rows = board_rows(session.house, session.operator, session.now)
    found = [row for row in rows if typed in {str(row.id), row.name, _whole(row)}]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise NotFoundError(f"no board {typed!r}: `bulletin boards list` names them")
    raise NotFoundError(f"{typed!r} is the name of several boards: {', '.join(map(_whole, found))}")


def _whole(row: BoardRow) -> str:
    return f"{row.village or '乡镇'}/{row.name}"
