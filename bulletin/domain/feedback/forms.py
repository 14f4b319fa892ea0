"""What a form of residents may hold, and how a machine that fills forms is told from a person."""

from datetime import datetime, timedelta

from bulletin.domain.errors import Refusal

MAX_WORDS = 1000  # characters
MAX_CONTACT = 60
MAX_REQUESTED = 60  # what a request names
MIN_AGE = timedelta(seconds=3)  # nobody writes faster
MAX_AGE = timedelta(hours=24)
MAX_SENT = 40  # questions of one network within the span: a village shares one carrier address
SENT_SPAN = timedelta(hours=1)
MAX_TO_PLACE = 200  # that one place takes by the web on one day


def form_refusals(words: str, *, contact: str = "", name: str = "") -> list[Refusal]:
    """What is wrong with the words of a form."""
    refusals = []
    if not words.strip():
        refusals.append(Refusal("words_missing", "请写要问什么、哪里不对，或者想看什么。"))
    if len(words) > MAX_WORDS:
        refusals.append(Refusal("words_too_long", f"最多写{MAX_WORDS}字，请写短一点。"))
    if len(contact) > MAX_CONTACT or len(name) > MAX_CONTACT:
        refusals.append(Refusal("contact_too_long", f"称呼和联系方式最多{MAX_CONTACT}字。"))
    return refusals


def age_refusals(opened_at: datetime, now: datetime) -> list[Refusal]:
    """Whether a form was open as long as a person needs, and not for days."""
    if now - opened_at < MIN_AGE:
        return [Refusal("too_fast", "提交得太快了，请看一遍写的内容，再按一次提交。")]
    if now - opened_at > MAX_AGE:
        return [Refusal("form_too_old", "这个网页放得太久了，请看一遍写的内容，再按一次提交。")]
    return []
