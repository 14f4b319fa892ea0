"""When a notice must be in an outlet, and what is recorded of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bulletin.domain.days import minute_of
from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled

MAX_DAYS = 30  # that an office may set itself
MAX_NAME = 30  # characters
MAX_LINK = 500


class OutletKind(Labelled):
    WEBSITE = "website", "政府网站"
    MEDIA = "media", "融媒体"
    CHAT = "chat", "微信群"
    BROADCAST = "broadcast", "广播"

    @property
    def has_link(self) -> bool:
        """Whether what stands there has an address of its own, which anybody can open again."""
        return self in (OutletKind.WEBSITE, OutletKind.MEDIA)

    @property
    def keeps_it(self) -> bool:
        """Whether what came there stays until somebody takes it out; what was said is gone."""
        return self is not OutletKind.BROADCAST

    @property
    def is_asked_for(self) -> bool:
        """Whether it carries what the catalog names it for (公开方式：广播), and not everything."""
        return self is OutletKind.BROADCAST


def due_on(published_on: date, days: int) -> date:
    """The last day to have it there; 0 days: on the day of publication."""
    return published_on + timedelta(days=days)


def outlet_refusals(name: str, days: int) -> tuple[Refusal, ...]:
    """Every reason why there can be no such outlet."""
    return tuple(_outlet_faults(name, days))


def _outlet_faults(name: str, days: int) -> Iterator[Refusal]:
    if not name or len(name) > MAX_NAME:
        yield Refusal("name_missing", f"请写名称，例如互助融媒体，不超过{MAX_NAME}个字。")
    if not 0 <= days <= MAX_DAYS:
        yield Refusal("days_out_of_reach", f"发布后几天内发出，从0天到{MAX_DAYS}天。")


def sending_refusals(
    kind: OutletKind, link: str, sent_at: datetime, published_at: datetime, now: datetime
) -> tuple[Refusal, ...]:
    """Every reason why it cannot have been sent like that."""
    return tuple(_sending_faults(kind, link, sent_at, published_at, now))


def _sending_faults(
    kind: OutletKind, link: str, sent_at: datetime, published_at: datetime, now: datetime
) -> Iterator[Refusal]:
    if kind.has_link and not link:
        yield Refusal("link_missing", "请贴上发出后的网址。")
    elif link and not _is_address(link):
        yield Refusal("link_unreadable", "网址要以 https:// 或 http:// 开头，请从浏览器里复制。")
    if sent_at > now:
        yield Refusal("sent_in_future", "发出的时间不能在现在之后。")
    elif minute_of(sent_at) < minute_of(published_at):  # forms know no seconds
        yield Refusal("sent_too_early", "发出的时间不能早于公开的时间。")


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    return sound and len(link) <= MAX_LINK and not any(sign.isspace() for sign in link)
