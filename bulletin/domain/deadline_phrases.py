"""One phrase of a wording, read by whichever pattern takes the whole of it."""

from dataclasses import replace

from bulletin.domain.deadlines.phrase_dates import DATE_READERS
from bulletin.domain.deadlines.phrase_events import EVENT_READERS
from bulletin.domain.deadlines.phrase_periods import PERIOD_READERS
from bulletin.domain.deadlines.tokens import TIMES, TURNS, Phrase


def read_phrase(words: str) -> Phrase | None:
    """What a phrase without white space says; None when no pattern takes it whole."""
    for shape, reader in (*PERIOD_READERS, *DATE_READERS, *EVENT_READERS):
        found = shape.fullmatch(words)
        if found is None:
            continue
        try:
            phrase = reader(found)
        except ValueError:  # the 32nd, 400 days: no rule says that
            continue
        if phrase is None:
            continue
        subject = found.groupdict().get("subject") or ""
        if TIMES.search(subject):
            continue
        if subject.endswith(("前", "后")):
            return replace(phrase, doubts=(*phrase.doubts, f"“{subject}”没有写几天。"))
        if TURNS.search(subject):
            return replace(phrase, doubts=(*phrase.doubts, f"“{subject}”可能改变时限。"))
        return phrase
    return None
