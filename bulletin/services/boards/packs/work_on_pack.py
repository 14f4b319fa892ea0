"""Makes a pack that was ordered, alone or together with others, until nothing of it is left."""

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bulletin.domain.errors import BulletinError
from bulletin.services.boards.packs import claim_step as claims
from bulletin.services.boards.packs.claim_step import (
    BindStep,
    PackOrder,
    PartStep,
    PlanStep,
    Step,
    claim_step,
)
from bulletin.services.boards.packs.pack import make_pack, set_sheet, sheets_of
from bulletin.services.boards.packs.pack_plans import BoardPlan, boards_to_pack, plan_boards
from bulletin.services.long_jobs.away import AWAY
from bulletin.services.long_jobs.claim_job import BROKEN
from bulletin.services.site import Site
from bulletin.workers.work_queue import Job, ReadClock, Stopped

PACK = "pack"  # the kind of job
BEAT_EVERY = timedelta(seconds=2)
MAX_HANDS = 15  # that are asked for beside the first


def take_up(site: Site, pack_id: int, clock: ReadClock) -> None:
    """Have a pack made by whoever does long work here."""
    site.queue.defer(Job(PACK, pack_id), lambda: work_on_pack(site, pack_id, clock))


def work_on_pack(
    site: Site, pack_id: int, clock: ReadClock, stopped: Stopped = lambda: False
) -> bool:
    """Do of a pack what nobody else does. What was printed before a stop is not printed again.

    Args:
        stopped: asked before each sheet.

    Returns:
        Whether nothing is left for this worker; False when it had to stop and gave back what it had.
    """
    work = _Work(site, pack_id, secrets.token_hex(8), clock, stopped)
    try:
        return work.until_nothing_is_left()
    except AWAY:
        raise  # the pack goes on when that is there again
    except BulletinError as refused:
        claims.fail(site, pack_id, work.worker, str(refused))
        return True
    except Exception:
        claims.fail(site, pack_id, work.worker, BROKEN.sentence)
        raise  # a bug: it goes into the log, and is not tried for ever


@dataclass(frozen=True)
class _Work:
    """What one worker does of one pack."""

    site: Site
    pack_id: int
    worker: str
    clock: ReadClock
    stopped: Stopped
    beats: list[datetime] = field(default_factory=list)  # while it is bound

    def until_nothing_is_left(self) -> bool:
        while not self.stopped():
            step = claim_step(self.site, self.pack_id, self.worker, self.clock())
            if step is None:
                return True
            with suppress(claims.ClaimLost):
                self._do(step)
        claims.hand_back(self.site, self.pack_id, self.worker)
        return False

    def _do(self, step: Step) -> None:
        match step:
            case PlanStep():
                self._plan(step.order)
            case PartStep():
                self._set(step)
            case BindStep():
                self._bind(step.order)

    def _plan(self, order: PackOrder) -> None:
        sheets = sheets_of(_plans(self.site, order))
        parts = claims.divide(self.site, self.pack_id, self.worker, sheets, self.clock())
        if parts > 1:
            self.site.queue.ask_for_hands(Job(PACK, self.pack_id), min(parts - 1, MAX_HANDS))

    def _set(self, step: PartStep) -> None:
        order = step.order
        for done in range(step.done, len(step.sheets)):
            if self.stopped() or not self._beat_part(step, done):
                return
            set_sheet(
                self.site,
                order.actor,
                step.sheets[done],
                order.asked_at,
                order.paper,
                lambda session: claims.ensure_part(session, step.part_id, self.worker),
            )
        self._beat_part(step, len(step.sheets))

    def _beat_part(self, step: PartStep, done: int) -> bool:
        return claims.beat_part(self.site, step.part_id, self.worker, done, self.clock())

    def _bind(self, order: PackOrder) -> None:
        self.beats.clear()
        pdf = make_pack(
            self.site,
            order.actor,
            _plans(self.site, order),
            order.asked_at,
            paper=order.paper,
            progress=self._goes_on,
            first=lambda session: claims.ensure_pack(session, self.pack_id, self.worker),
        )
        if pdf is not None:
            claims.end(self.site, self.pack_id, self.worker, pdf)

    def _goes_on(self, _done: int, _total: int) -> bool:
        """Asked for every sheet and board, which takes milliseconds each: a beat now and then is enough."""
        if self.stopped():
            return False
        now = self.clock()
        if self.beats and timedelta() <= now - self.beats[-1] < BEAT_EVERY:
            return True
        self.beats.append(now)
        return claims.beat(self.site, self.pack_id, self.worker, now)


def _plans(site: Site, order: PackOrder) -> list[BoardPlan]:
    boards = boards_to_pack(
        site, order.actor, order.asked_at, board_id=order.board_id, village_id=order.village_id
    )
    return plan_boards(site, order.actor, boards, order.asked_at, only_new=order.only_new)
