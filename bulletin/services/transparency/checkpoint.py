"""What strangers keep watch with: the signed head of the history's tree, its tiles, the succession of keys."""

from collections.abc import Collection, Iterator
from functools import partial

from sqlalchemy.orm import Session

from bulletin.domain.transparency.merkle import Nodes, root
from bulletin.domain.transparency.tiles import ENTRIES, Tile, is_within, read_address, tiles_of
from bulletin.domain.transparency.tree_head import TreeHead
from bulletin.keys.signed_note import VerifierKey, sign
from bulletin.services.site import Site
from bulletin.store import history, history_subtrees
from bulletin.store.places import the_township

NAME = "bulletin/{code}"  # of the key and of the history; it outlives every address


def origin(session: Session) -> str:
    """Whose history it is: bulletin/632126201, by the code of the site's first township."""
    township = the_township(session)
    return NAME.format(code=township.code if township else "unfounded")


def verifier_key(site: Site) -> VerifierKey:
    """The public key; witnesses get it from people, or at their first visit."""
    with site.sessions.reading() as session:
        name = origin(session)
    return site.keys.verifier(name)


def checkpoint(site: Site) -> str:
    """The head of the history's tree as a signed note."""
    with site.sessions.reading() as session:
        return _signed(site, session, history.head(session).number)


def _signed(site: Site, session: Session, size: int) -> str:
    name = origin(session)
    head = TreeHead(name, size, root(size, _nodes(session)))
    return str(sign(str(head), site.keys.signer(name)))


def _nodes(session: Session) -> Nodes:
    return partial(history_subtrees.nodes, session)


def tile(site: Site, address: str) -> bytes | None:
    """The tile at an address below `tile/`; None when the history is not that long, or it names none."""
    asked = read_address(address)
    if asked is None:
        return None
    with site.sessions.reading() as session:
        if not is_within(asked, history.head(session).number):
            return None
        return _content(session, asked)


def _content(session: Session, tile: Tile) -> bytes:
    if tile.level != ENTRIES:
        return b"".join(history_subtrees.nodes(session, tile.level, tile.first, tile.width))
    leaves = history_subtrees.leaves(session, tile.first, tile.width)
    return b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves)


def successions(site: Site) -> str:
    """What each key said of the next one: signed notes, oldest first."""
    return site.keys.successions()


def files(site: Site, without: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    """All of it as plain files, as of one moment: (path, content).

    Args:
        without: paths of tiles that need not be read: of a county's history there are many thousand.
    """
    with site.sessions.reading() as session:
        size = history.head(session).number
        yield "checkpoint", _signed(site, session, size).encode()
        yield "checkpoint.key", f"{site.keys.verifier(origin(session))}\n".encode()
        yield "checkpoint.keys", successions(site).encode()
        for each in tiles_of(size):
            if (path := f"tile/{each.address}") not in without:
                yield path, _content(session, each)
