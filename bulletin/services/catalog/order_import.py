"""A catalog file that was looked through is imported by whoever does long work: three hundred villages adopt it in one go."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bulletin.domain.catalog.rows import RowChoice, choice_json, read_choice
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator
from bulletin.services.catalog.import_file import Choices, import_catalog
from bulletin.services.catalog.propose_import import Proposal, proposal
from bulletin.services.long_jobs.claim_job import ClaimedJob
from bulletin.services.long_jobs.job_kind import JobKind
from bulletin.services.site import Site


def order_import(
    site: Site,
    actor: Actor,
    waiting: Proposal,
    from_on: date | None,
    choices: Choices,
    now: datetime,
) -> int:
    """Order that the file that waits is imported as it was looked through; returns the job's id.

    Args:
        from_on, choices: as for `import_catalog`.

    Raises:
        Refused: not an administrator.
    """
    ensure_administrator(actor)
    order = {
        "village": waiting.village_id,
        "digest": waiting.upload.digest,
        "from_on": from_on and from_on.isoformat(),
        "choices": {str(number): choice_json(choice) for number, choice in choices.items()},
    }
    return CATALOG.order(site, actor, order, 1, now)


def is_about(order: Mapping[str, Any], waiting: Proposal) -> bool:
    """Whether the file that waits is the one that was ordered: rows of another have the same numbers."""
    return (waiting.village_id, waiting.upload.digest) == (order["village"], order["digest"])


def ordered_day(order: Mapping[str, Any]) -> date | None:
    """From when it is to be in force, by an order."""
    return date.fromisoformat(order["from_on"]) if order["from_on"] else None


def ordered_choices(order: Mapping[str, Any]) -> dict[int, RowChoice]:
    """What was decided about the rows, by an order."""
    return {int(number): read_choice(choice) for number, choice in order["choices"].items()}


def _import(job: ClaimedJob) -> None:
    order, waiting = job.order, proposal(job.site, job.actor)
    if waiting is None or not is_about(order, waiting):
        raise refuse("proposal_gone", "等着导入的已经不是这份文件了，请重新看过再导入。")
    import_catalog(
        job.site,
        job.actor,
        waiting.village_id,
        waiting.upload,
        ordered_day(order),
        job.clock(),
        ordered_choices(order),
        then=lambda session, imported: job.end(session, str(len(imported.items))),
    )


CATALOG = JobKind("catalog", _import)  # what comes of it is the number of its items
