"""What an archive volume holds: every approved sheet of a year with its attachments, registers, minutes, letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.formats import with_ending
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.people import Actor
from bulletin.readers.file_types import sniff
from bulletin.services.notices.register import register_file, register_lines
from bulletin.services.oversight.registers.sealed_tables import current_table
from bulletin.services.printing.sheet_facts import sheet_facts
from bulletin.services.site import Site
from bulletin.sheets.problems import SheetUnprintable
from bulletin.store.information_requests import InformationRequest
from bulletin.store.meetings import Meeting
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Publisher
from bulletin.store.print_runs import last_run
from bulletin.store.request_papers import RequestLetter
from bulletin.store.year_closings import closing_of
from bulletin.writers.archive_volume import volume_path

ARCHIVAL = b"<pdfaid:part>"  # how a PDF says that it is PDF/A
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}


@dataclass(frozen=True, kw_only=True)
class ArchivedFile:
    """One file of a volume, as its index names it."""

    part: str  # 公开件
    path: str
    title: str
    on: str
    data: bytes
    note: str = ""


@dataclass(frozen=True)
class VolumeScope:
    """Of which place and year; `village_id` is None for the township itself."""

    place: str
    village_id: int | None
    year: int


def archived_files(
    site: Site, actor: Actor, scope: VolumeScope, now: datetime
) -> Iterator[ArchivedFile]:
    """Everything of a volume, part by part, one file at a time."""
    yield from _notices(site, actor, scope, now)
    lines = register_lines(site, actor, scope.year, now, only={scope.village_id})
    yield ArchivedFile(
        part="登记簿",
        path=volume_path("登记簿", "公开登记簿.csv"),
        title=f"{scope.year}年公开登记簿",
        on=str(scope.year),
        data=register_file(lines, scope.place, scope.year, "csv"),
        note=f"{len(lines)}个号",
    )
    yield from _meetings(site, actor, scope)
    if scope.village_id is None:
        yield from _ledgers(site, actor, scope, now)
        yield from _letters(site, actor, scope)


def _notices(site: Site, actor: Actor, scope: VolumeScope, now: datetime) -> Iterator[ArchivedFile]:
    asked = (
        select(Notice.id)
        .join(Publisher, Publisher.id == Notice.register_publisher_id)
        .where(
            Notice.township_id == actor.township_id,
            Notice.register_year == scope.year,
            Publisher.village_id == scope.village_id,
        )
        .order_by(Notice.register_publisher_id, Notice.register_number)
    )
    with site.sessions.reading() as session:
        ids = session.scalars(asked).all()
    for notice_id in ids:
        with (
            site.sessions.reading() as session
        ):  # a year of notices is more than one transaction should hold
            notice = session.get_one(Notice, notice_id)
            for edition in notice.editions:
                if edition.closes_on is not None and edition.redacted_at is None:
                    yield from _edition(session, site, notice, edition, now)


def _edition(
    session: Session, site: Site, notice: Notice, edition: Edition, now: datetime
) -> Iterator[ArchivedFile]:
    folder = ("公开件", notice.register_name or notice.code)
    facts = {"part": "公开件", "on": str(edition.opens_on or "")}
    title = f"{notice.register_name} {edition.title}（第{edition.number}版）"
    run = session.scalar(last_run(edition.id))
    printed = site.files.get(run.pdf) if run else None
    is_archival = printed is not None and ARCHIVAL in printed
    if printed is not None:
        path = volume_path(*folder, f"第{edition.number}版.pdf")
        note = "贴出去的原样" if is_archival else "贴出去的原样，不是PDF/A"
        yield ArchivedFile(path=path, title=title, data=printed, note=note, **facts)
    if not is_archival:
        ending, anew, note = _set_anew(session, site, edition, now)
        path = volume_path(*folder, f"第{edition.number}版-归档.{ending}")
        note = note if printed else f"没有打印过，{note}"
        yield ArchivedFile(path=path, title=title, data=anew, note=note, **facts)
    for kept in edition.files:
        if (data := site.files.get(kept.digest)) is not None:
            name = f"第{edition.number}版-{kept.digest[:8]}-{kept.name}"
            path = volume_path(*folder, name)
            yield ArchivedFile(path=path, title=kept.name, data=data, note="附件、图片", **facts)


def _set_anew(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[str, bytes, str]:
    """The sheet from what is registered; what can't be set is said, and keeps no year out of the archive."""
    try:
        sheet = site.composer.compose(sheet_facts(session, site, edition, now))
    except SheetUnprintable as fault:
        return "txt", f"{edition.title}\n{fault}\n".encode(), "排不出来，原因写在里面"
    return "pdf", sheet.pdf, "按登记的内容排的PDF/A"


def _meetings(site: Site, actor: Actor, scope: VolumeScope) -> Iterator[ArchivedFile]:
    if scope.village_id is None:
        return
    asked = select(Meeting).where(
        Meeting.township_id == actor.township_id,
        Meeting.village_id == scope.village_id,
        Meeting.held_on.between(date(scope.year, 1, 1), date(scope.year, 12, 31)),
        Meeting.minutes != "",
    )
    with site.sessions.reading() as session:
        held = session.scalars(asked.order_by(Meeting.held_on, Meeting.id)).all()
        named = [(m.id, m.held_on, m.kind.label, m.minutes) for m in held]
    for number, held_on, kind, digest in named:
        if (data := site.files.get(digest)) is not None:
            ending = _ENDINGS.get(sniff(data, "minutes"), "jpg")
            yield ArchivedFile(
                part="会议记录",
                path=volume_path("会议记录", f"{held_on}-{kind}-{number}.{ending}"),
                title=f"{kind}会议记录",
                on=str(held_on),
                data=data,
                note="签了字的会议记录的照片",
            )


def _ledgers(site: Site, actor: Actor, scope: VolumeScope, now: datetime) -> Iterator[ArchivedFile]:
    for ledger in LedgerKind:
        with site.sessions.reading() as session:
            closing = closing_of(session, actor.township_id, ledger, scope.year)
            kept = (
                (closing.table, closing.minutes, str(closing.closed_at.date())) if closing else None
            )
            signed = [(each.digest, each.media_type) for each in closing.scans] if closing else []
        facts = {"part": "台账", "title": f"{scope.year}年{ledger.label}"}
        table = site.files.get(kept[0]) if kept else None
        if kept and table is not None:
            path = volume_path("台账", f"{ledger.label}-结账时.csv")
            yield ArchivedFile(path=path, on=kept[2], data=table, note="结账时封存的", **facts)
        if kept and (minutes := site.files.get(kept[1])) is not None:
            path = volume_path("台账", f"{ledger.label}-结账记录.pdf")
            yield ArchivedFile(path=path, on=kept[2], data=minutes, note="结账记录", **facts)
        for page, (digest, media_type) in enumerate(signed, 1):
            if kept and (data := site.files.get(digest)) is not None:
                name = with_ending(f"{ledger.label}-结账记录签字页{page}", media_type)
                path = volume_path("台账", name)
                yield ArchivedFile(path=path, on=kept[2], data=data, note="签了字的", **facts)
        yield ArchivedFile(
            path=volume_path("台账", f"{ledger.label}-归档时.csv"),
            on=str(now.date()),
            data=current_table(site, actor, ledger, scope.year, now).csv,
            note="归档那天的样子" if kept else "归档那天的样子，这一年没有结账",
            **facts,
        )


def _letters(site: Site, actor: Actor, scope: VolumeScope) -> Iterator[ArchivedFile]:
    asked = (
        select(RequestLetter)
        .join(InformationRequest, InformationRequest.id == RequestLetter.request_id)
        .where(
            RequestLetter.township_id == actor.township_id, InformationRequest.year == scope.year
        )
        .order_by(InformationRequest.number, RequestLetter.number)
    )
    with site.sessions.reading() as session:
        named = [
            (
                each.request.register_name,
                each.number,
                each.kind.label,
                str(each.issued_on),
                each.pdf,
            )
            for each in session.scalars(asked)
        ]
    for request, number, kind, issued_on, digest in named:
        if (data := site.files.get(digest)) is not None:
            yield ArchivedFile(
                part="依申请公开文书",
                path=volume_path("依申请公开文书", request, f"{number}-{kind}.pdf"),
                title=f"{request} {kind}",
                on=issued_on,
                data=data,
                note="出具的原样",
            )
