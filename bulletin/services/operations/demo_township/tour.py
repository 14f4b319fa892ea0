"""One notice from the catalog to the scan, read back from what the site holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bulletin.domain.codes import fingerprint_words
from bulletin.domain.days import day_words, instant_words, village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_progress import timeline
from bulletin.services.site import Site
from bulletin.sheets.qr import decode
from bulletin.store.notices import Edition
from bulletin.store.postings import postings_of_notice
from bulletin.store.print_runs import last_run


@dataclass(frozen=True)
class TourStep:
    stage: str  # 目录 应公开 起草 …
    words: str


@dataclass(frozen=True)
class Tour:
    title: str
    code: str
    steps: tuple[TourStep, ...]
    scanned: str  # the path that the printed code leads to: /N/CODE.EDITION[.PAGE]


def longest_public_notice(site: Site, now: datetime) -> str:
    """The code of the public notice with the longest sheet that hangs on a board."""
    with site.sessions.reading() as session:
        editions = session.scalars(select(Edition).where(Edition.published_at <= now)).all()
        printed = [
            (run.pages, e.notice.code) for e in editions if (run := session.scalar(last_run(e.id)))
        ]
    if not printed:
        raise NotFoundError("nothing was printed yet")
    return max(printed)[1]


def tour(site: Site, actor: Actor, code: str, now: datetime) -> Tour:
    """Follow a notice through every stage; the QR is read back from the kept PDF."""
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        steps = [*_owed(edition), *_reviewed(edition), *_published(edition, now)]
        run = session.scalar(last_run(edition.id))
        pdf = site.files.get(run.pdf) if run else None
        if run is None or pdf is None:
            raise NotFoundError(f"{code} was not printed yet")
        scans = [scan for page in decode(pdf) for scan in page]
        steps.append(
            TourStep("打印", f"{run.pages}页，存档指纹 {run.pdf[:16]}…，存证第{run.checkpoint}条")
        )
        for posting in reversed(session.scalars(postings_of_notice(edition.notice_id)).all()):
            words = (
                f"{posting.board.name}，{day_words(posting.hung_on)}，第{posting.edition.number}版"
            )
            steps.append(TourStep("张贴", words))
        addresses = "、".join(scan.tail for scan in scans)
        steps.append(TourStep("扫码", f"从存档PDF读回{len(scans)}个码：{addresses}"))
        return Tour(edition.title, code, tuple(steps), f"/N/{scans[0].tail}")


def _owed(edition: Edition) -> list[TourStep]:
    notice = edition.notice
    items = [TourStep("目录", f"{item['title']}（{item['bases'][0]}）") for item in notice.items]
    duties = [
        TourStep("应公开", f"{duty.label}，最迟{day_words(duty.due_on)}")
        for duty in notice.duties
        if duty.due_on
    ]
    return [*items, *duties]


def _reviewed(edition: Edition) -> list[TourStep]:
    return [
        TourStep(
            line.words.split("，")[0], f"{line.who}，{instant_words(line.at)}{_meeting(line.words)}"
        )
        for line in reversed(timeline(edition))
    ]


def _meeting(words: str) -> str:
    _, comma, meeting = words.partition("，")
    return comma + meeting


def _published(edition: Edition, now: datetime) -> list[TourStep]:
    if edition.publish_at is None or edition.closes_on is None or edition.fingerprint is None:
        return []
    over = "（已期满）" if village_day(now) > edition.closes_on else ""
    period = f"公示到{day_words(edition.closes_on)}{over}"
    return [
        TourStep("登记", f"{edition.notice.register_name}，第{edition.number}版"),
        TourStep("发布", f"{instant_words(edition.publish_at)}，{period}"),
        TourStep("指纹", fingerprint_words(edition.fingerprint)),
    ]
