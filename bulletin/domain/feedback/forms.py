"""What a form of residents may hold, and how a machine that fills forms is told from a person."""

from datetime import datetime, timedelta

from bulletin.domain.errors import Refusal
from bulletin.domain.feedback.kinds import FeedbackKind
from bulletin.domain.languages.sentences import say

MAX_WORDS = 1000  # characters
MAX_CONTACT = 60
MAX_REQUESTED = 60  # what a request names
MIN_AGE = timedelta(seconds=3)  # nobody writes faster
MAX_AGE = timedelta(hours=24)
MAX_SENT = 40  # questions of one network within the span: a village shares one carrier address
SENT_SPAN = timedelta(hours=1)
MAX_TO_PLACE = 200  # that one place takes by the web on one day


def words_refusals(words: str) -> list[Refusal]:
    """What is wrong with the words of a form."""
    if not words.strip():
        return [Refusal("words_missing", say("请写要问什么、哪里不对，或者想看什么。"))]
    if len(words) > MAX_WORDS:
        return [Refusal("words_too_long", say("最多写%(most)s字，请写短一点。", most=MAX_WORDS))]
    return []


def asked_refusals(
    kind: FeedbackKind, words: str, *, requested: str, about_notice: bool
) -> list[Refusal]:
    """What a question, an objection or a request lacks."""
    refusals = words_refusals(words)
    if kind is FeedbackKind.OBJECTION and not about_notice:
        sentence = say("异议要说是对哪一份公开件，请从那一份公开件的网页提，或者选“提问”。")
        refusals.append(Refusal("notice_missing", sentence))
    if kind is FeedbackKind.REQUEST and not requested.strip():
        sentence = say("请写想看的是什么，例如“2025年道路硬化工程决算”。")
        refusals.append(Refusal("requested_missing", sentence))
    if len(requested) > MAX_REQUESTED:
        sentence = say("想看的内容最多写%(most)s字，其余写在下面。", most=MAX_REQUESTED)
        refusals.append(Refusal("requested_too_long", sentence))
    return refusals


def contact_refusals(name: str, contact: str) -> list[Refusal]:
    if max(len(name), len(contact)) > MAX_CONTACT:
        return [
            Refusal(
                "contact_too_long",
                say("称呼和联系方式最多%(most)s字。", most=MAX_CONTACT),
            )
        ]
    return []


def age_refusals(opened_at: datetime, now: datetime) -> list[Refusal]:
    """Whether a form was open as long as a person needs, and not for days."""
    if now - opened_at < MIN_AGE:
        return [Refusal("too_fast", say("提交得太快了，请看一遍写的内容，再按一次提交。"))]
    if now - opened_at > MAX_AGE:
        return [
            Refusal("form_too_old", say("这个网页放得太久了，请看一遍写的内容，再按一次提交。"))
        ]
    return []
