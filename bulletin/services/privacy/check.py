"""The privacy check, at draft, at each step and before print. Force never skips it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.notices.positions import NOWHERE, Position
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.domain.privacy.findings import PrivacyFinding
from bulletin.domain.privacy.kinds import NEVER_HARMLESS
from bulletin.domain.privacy.scan import scan_document, scan_text
from bulletin.readers.read_file import FileScan, scan_file
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.site import Site
from bulletin.store.clearances import Clearance
from bulletin.store.edition_parts import EditionFile
from bulletin.store.files.remembered import RememberedFiles
from bulletin.store.files.store import FileStore, sound
from bulletin.store.notices import Edition
from bulletin.store.places import Township, Village

ConcernKey = tuple[str, str, str, str]  # kind, place, masked, source
MISSING = "附件“{}”不见了，请重新上传。"
MAX_NAMED = 5  # unread parts of a file that a sentence names
PHONE_SEPARATORS = ",，、;；"


@dataclass(frozen=True, kw_only=True)
class PrivacyConcern:
    """One finding as people see it: never the value."""

    kind: str
    place: str
    masked: str = ""
    source: str = ""  # SHA-256 of the words or file it stands in
    words: str
    cleared: str = ""  # 王示例：这是公开的办公电话
    file: str = ""  # SHA-256, when it needs a person to look at a file
    clearable: bool = True
    position: Position = NOWHERE  # in the draft

    @property
    def key(self) -> ConcernKey:
        """What a clearance is for: these words in this place, and no others."""
        return (self.kind, self.place, self.masked, self.source)

    @property
    def is_open(self) -> bool:
        return not self.cleared


def published_phones(session: Session, township_ids: Collection[int]) -> frozenset[str]:
    """The published phones of townships and their villages' offices: the check lets them pass."""
    of_villages = select(Village.phone, Village.office_phones)
    texts = list(session.scalars(select(Township.phone).where(Township.id.in_(township_ids))))
    for phones in session.execute(of_villages.where(Village.township_id.in_(township_ids))):
        texts += phones
    for separator in PHONE_SEPARATORS:
        texts = [part for text in texts for part in text.split(separator)]
    return frozenset(text.strip() for text in texts if text.strip())


def concerns(session: Session, files: FileStore, edition: Edition) -> list[PrivacyConcern]:
    """Everything the check finds in an edition: title, note, document, attachments, pictures."""
    phones = published_phones(session, [edition.township_id])
    document = edition_document(edition)
    findings = scan_document(document, edition.title, phones)
    in_note = scan_text(edition.change_note, "更正说明", phones)
    findings += (replace(f, position=Position(field="change_note")) for f in in_note)
    cleared = _clearances(session, edition)
    open_or_cleared = [_concern(finding, cleared) for finding in findings]
    places = {file: Position(block=at) for at, file in reversed(document.placed_files)}
    for file in edition.files:
        if place := places.get(file.digest):
            found = _file_concerns(files, file, phones, cleared)
            open_or_cleared += (replace(concern, position=place) for concern in found)
    return open_or_cleared


def _concern(finding: PrivacyFinding, cleared: dict[ConcernKey, str]) -> PrivacyConcern:
    concern = PrivacyConcern(
        kind=finding.kind.value,
        place=finding.place,
        masked=finding.masked,
        source=finding.source,
        words=f"{finding.place}：像{finding.kind.label}（{finding.masked}）",
        clearable=finding.kind not in NEVER_HARMLESS,
        position=finding.position,
    )
    return replace(concern, cleared=cleared.get(concern.key, ""))


def _file_concerns(
    files: FileStore, file: EditionFile, phones: frozenset[str], cleared: dict[ConcernKey, str]
) -> list[PrivacyConcern]:
    if not files.has(file.digest):
        words = MISSING.format(file.name)
        return [PrivacyConcern(kind="missing", place=file.name, words=words, clearable=False)]
    try:
        scan = _scan(files, file.digest, file.name, phones)
    except Refused as refused:
        words = f"附件“{file.name}”：{refused}"
        return [PrivacyConcern(kind="unreadable", place=file.name, words=words, clearable=False)]
    in_file = [
        _concern(replace(f, place=f"附件“{file.name}”{f.place}"), cleared) for f in scan.findings
    ]
    return [*in_file, _to_be_looked_at(file, scan.unreadable)] if scan.unreadable else in_file


def _to_be_looked_at(file: EditionFile, unreadable: tuple[str, ...]) -> PrivacyConcern:
    more = f"等{len(unreadable)}处" if len(unreadable) > MAX_NAMED else ""
    what = "、".join(unreadable[:MAX_NAMED]) + more
    return PrivacyConcern(
        kind="eyes",
        place=file.name,
        source=file.digest,
        words=f"“{file.name}”（{what}）系统读不了，要有人看过，确认里面没有身份证、银行卡等个人信息",
        cleared="已有人看过" if file.seen_by is not None else "",
        file=file.digest,
    )


@lru_cache(maxsize=256)
def _scan(files: FileStore, digest: str, name: str, phones: frozenset[str]) -> FileScan:
    """A kept file never changes, and a long table takes seconds: it is read once."""
    data = sound(files, digest)  # what is damaged is to be uploaded again, too
    if data is None:
        raise refuse("missing", MISSING.format(name))
    return scan_file(data, name, phones)


def _clearances(session: Session, edition: Edition) -> dict[ConcernKey, str]:
    rows = session.scalars(select(Clearance).where(Clearance.edition_id == edition.id))
    return {(c.kind, c.place, c.masked, c.source): f"{c.person_name}：{c.reason}" for c in rows}


def ensure_clean(session: Session, files: FileStore, edition: Edition) -> None:
    """Refuse while anything is open; every finding is named, no value is shown."""
    still_open = [concern for concern in concerns(session, files, edition) if concern.is_open]
    if still_open:
        raise Refused(*(Refusal("personal_data", concern.words) for concern in still_open))


def ensure_reason_is_clean(session: Session, actor: Actor, reason: str, *, needed_for: Act) -> str:
    """A reason is shown to people, so it is checked like any text. Returns it trimmed."""
    if not reason.strip():
        raise refuse("reason_missing", f"请写明{needed_for.label}的原因。")
    return ensure_text_is_clean(session, actor, reason, "原因")


def ensure_text_is_clean(session: Session, actor: Actor, text: str, place: str) -> str:
    """A short text that people will see, outside of any notice. Returns it trimmed.

    Raises:
        Refused: it holds personal data; nothing clears it, it is written anew.
    """
    phones = published_phones(session, [actor.township_id])
    if findings := scan_text(text, place, phones):
        raise Refused(*(Refusal("personal_data", _concern(f, {}).words) for f in findings))
    return text.strip()


def with_files_read(site: Site, actor: Actor, code: str) -> Site:
    """The same site, which knows already what the check finds in the files of a notice's newest edition.

    Acts that check inside their transaction take this one, so that nobody waits for the database meanwhile.
    """
    site = replace(site, files=RememberedFiles(site.files))
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        if edition.files:
            concerns(session, site.files, edition)
    return site
