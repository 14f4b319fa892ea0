"""What is asked of a move, and what it comes to."""

from dataclasses import dataclass, field

from bulletin.services.operations.verify import VerifyResult


@dataclass(frozen=True, kw_only=True)
class MoveOrder:
    to: str  # the new house as the history names it, without a password
    address: str = ""  # of its pages: where codes and pages of the old house lead on to
    township: str | None = None  # its code, where several live in the old house; None: everybody
    rename_logins: str = ""  # what is put before a login that is taken in the new house; '': refuse
    rehearse: bool = False  # everything is done and checked, and nothing is kept
    finish: bool = False  # the new house has it already, and the old one does not know yet
    other_keys: tuple[str, ...] = ()  # files in the new data folder by which somebody else signs


@dataclass(frozen=True, kw_only=True)
class FilesToMove:
    digests: tuple[str, ...]
    size: int  # bytes
    missing: tuple[str, ...]  # the old house does not have them, or not as they were


@dataclass(frozen=True, kw_only=True)
class MoveResult:
    townships: tuple[str, ...]
    rows: dict[str, int]  # by table
    is_whole_house: bool  # its history goes on; else the new house has its own
    entries: int  # of the history that came along
    shift: int  # by which ids are greater in the new house
    files: FilesToMove
    verdict: VerifyResult | None  # None: an earlier run had finished in the new house
    logins: dict[str, str] = field(default_factory=dict)  # that were taken: what they are now
    same_prefixes: tuple[str, ...] = ()  # of register numbers that somebody else there uses too
