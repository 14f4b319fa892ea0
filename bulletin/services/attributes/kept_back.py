"""What a township does not disclose by itself, as residents read it: the item, why, and since when.

The content is nowhere: a finding answers a duty that has no notice (`domain.duties.attributes`), and what had been
drafted is cancelled before it.
"""

from dataclasses import dataclass
from datetime import date

from bulletin.domain.days import village_day
from bulletin.domain.duties.attributes import Attribute, finding_words
from bulletin.services.catalog.in_force import owed_item
from bulletin.services.site import Site
from bulletin.store.attribute_findings import accepted
from bulletin.store.villages import place_of_code

MAX_SHOWN = 200  # the newest


@dataclass(frozen=True, kw_only=True)
class KeptBack:
    item: str  # 本年度涉农补贴
    occasion: str  # 2026年第三季度
    attribute: Attribute
    reason: str
    decided_on: date


def kept_back(site: Site, code: str) -> tuple[KeptBack, ...]:
    """Of the township of a place's code, the newest first; none for a code that is none."""
    with site.sessions.reading() as session:
        place = place_of_code(session, code)
        if place is None:
            return ()
        township, _village = place
        return tuple(
            KeptBack(
                item=owed_item(session, finding.duty)[1].title,
                occasion=finding.duty.label,
                attribute=finding.attribute,
                reason=finding.reason,
                decided_on=village_day(finding.decided_at or finding.proposed_at),
            )
            for finding in session.scalars(accepted(township.id, MAX_SHOWN))
            if finding.duty.not_applicable_reason
            == finding_words(finding.attribute, finding.reason)
        )
