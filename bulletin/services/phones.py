"""Whom residents call, and how they object."""

from datetime import date

from bulletin.domain.days import day_words
from bulletin.services.house import House
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village


def phones_of(township: Township, village: Village | None) -> tuple[tuple[str, str], ...]:
    """监督电话 as (who, number), the village's before the township's."""
    own = (("村", village.phone),) if village is not None and village.phone else ()
    return (*own, *((("乡", township.phone),) if township.phone else ()))


def objection_words(house: House, notice: Notice, closes_on: date) -> str:
    """How and until when to object."""
    if notice.village_id is None:
        whom = "乡政府"
    else:
        whom = "村务监督委员会" if not notice.personal else "村务监督委员会或乡政府"
    return f"{day_words(closes_on, since=closes_on)}前向{whom}提出，{house.objection_days}日内答复"
