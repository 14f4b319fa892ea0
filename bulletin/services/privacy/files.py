"""The privacy check of files that lie on this machine."""

from dataclasses import dataclass

from bulletin.domain.errors import Refused
from bulletin.domain.privacy.findings import PrivacyFinding
from bulletin.readers.material import UnreadPart
from bulletin.readers.read_file import scan_file
from bulletin.services.privacy.check import published_phones
from bulletin.services.site import Site
from bulletin.store.places import townships


@dataclass(frozen=True)
class CheckedFile:
    name: str
    findings: tuple[PrivacyFinding, ...]
    unread: tuple[UnreadPart, ...]  # what a person has to look at


def office_phones(site: Site) -> frozenset[str]:
    """The published phones of every township of this site; empty before there is one."""
    with site.sessions.reading() as session:
        return published_phones(session, [township.id for township in townships(session)])


def check_file(name: str, data: bytes, phones: frozenset[str]) -> CheckedFile:
    """Check one file's text, tables, hidden sheets and pages.

    A file that can't be opened (damaged, locked, of an unknown kind) is unread as a whole.
    """
    try:
        scan = scan_file(data, name, phones)
    except Refused as refused:
        whole = UnreadPart(f"整个文件：{refused}", str(refused))
        return CheckedFile(name, (), (whole,))
    return CheckedFile(name, tuple(scan.findings), scan.unread)
