"""A notice as the register has it: its number, its dates, and its title without names."""

from datetime import UTC

from bulletin.domain.notices.register import RegisterNumber
from bulletin.store.notices import Edition, Notice


def number_words(notice: Notice) -> str | None:
    """张家村公开〔2026〕12号, or None before approval."""
    if notice.register_number is None or notice.register_year is None:
        return None
    prefix = notice.register_publisher.prefix
    return str(RegisterNumber(prefix, notice.register_year, notice.register_number))


def register_key(notice: Notice) -> str:
    """The number as the history keeps it: 张家村公开/2026/12."""
    prefix = notice.register_publisher.prefix
    return f"{prefix}/{notice.register_year}/{notice.register_number}"


def title_without_names(notice: Notice) -> str:
    """What a notice is about, in the catalog's words, when its own title must not be shown."""
    return "、".join(item["title"] for item in notice.items)


def kept_dates(edition: Edition) -> dict[str, str]:
    """The moment and the period as the history keeps them; '' for what is not fixed yet."""
    moment, opens, closes = edition.publish_at, edition.opens_on, edition.closes_on
    return {
        "publish_at": moment.astimezone(UTC).isoformat(timespec="seconds") if moment else "",
        "opens_on": opens.isoformat() if opens else "",
        "closes_on": closes.isoformat() if closes else "",
    }
