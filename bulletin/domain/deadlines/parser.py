"""Deadlines as catalogs word them (公开时限), read as rules.

A wording is cut into sentences and parts, each part is read by the phrases it may be, and whatever
no phrase takes whole is named and left to a person: nothing is guessed in silence.

Where a change goes: a new wording of a recurring rule in `phrase_periods.py`, of calendar days in
`phrase_dates.py`, of days counted from an event in `phrase_events.py`, words that set no time in
`phrases.py` and `publication.py` (who publishes what, where, to whom and how), small words in
`tokens.py`. The rules themselves and their days are in `rules.py`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bulletin.domain.characters import folded
from bulletin.domain.deadlines.phrases import (
    doubts_without_rule,
    is_exception,
    is_proviso,
    read_phrase,
)
from bulletin.domain.deadlines.publication import (
    in_time,
    keeps_within,
    parts_with_time,
    without_manner,
)
from bulletin.domain.deadlines.rules import RECURRING, TimeLimit
from bulletin.domain.deadlines.tokens import SPAN, N, Phrase

UNKNOWN = TimeLimit("unknown")
MAX_WORDING = 400  # characters; a longer one is a clause of law that a person must read


@dataclass(frozen=True)
class DeadlineReading:
    """What was understood of a wording; `text` is the original as it stood."""

    text: str
    rules: tuple[TimeLimit, ...]
    needs_review: bool
    notes: tuple[str, ...]  # in Chinese: why a person should look


@lru_cache(maxsize=1_000)  # a catalog says the same few wordings over and over
def read_deadline(text: str) -> DeadlineReading:
    """The rules that a wording gives, with the reasons for a person to look at them.

    Nothing is raised: what is not understood is one rule of kind `unknown` and needs review.
    """
    words = _normalised(text)
    if not words:
        return DeadlineReading(text, (UNKNOWN,), needs_review=True, notes=("没有写公开时限。",))
    rules: list[TimeLimit] = []
    notes: list[str] = []
    for sentence in _sentences(words) if len(words) <= MAX_WORDING else ():
        phrase = _read_sentence(sentence)
        if phrase.rules and all(_is_repeated(rule, rules) for rule in phrase.rules):
            continue
        rules += (rule for rule in phrase.rules if rule not in rules)
        notes += phrase.doubts
    rules = _merged(rules)
    if "每隔" in words:
        notes.append("“每隔”可以有两种理解：每隔一个月是每月，还是两个月一次。")
    displays = sum(rule.kind == "display" for rule in rules)
    if max(displays, len(rules) - displays) > 1:
        notes.append("写了几个时限，请确定按哪一个。")
    if not rules:
        notes.append(f"没有读懂：“{text.strip()}”。")
        rules = [UNKNOWN]
    return DeadlineReading(text, tuple(rules), bool(notes), tuple(dict.fromkeys(notes)))


# --- cutting -------------------------------------------------------------------------------------

_CIRCLED = re.compile(r"[①-⑳]")
_NUMBERING = re.compile(
    r"(?:^|(?<=[;。\n]))\s*\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[.、)](?![0-9])"
)
_SPACES = re.compile(r"\s+")
# 公开时限：每季度 and 公示期：7日 are one phrase; 党务：每半年 names a topic and then its rule.
_LABEL = re.compile(
    r"(?:^|(?<=[;,。、/(:]))(?:公开)?(?:时限|时间|频率|频次|周期)(?:要求)?:|(?<=[期限间]):"
)
_COLON = re.compile(r"(?<![0-9]):|:(?![0-9])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_EXAMPLES = re.compile(r"^(?:如(?![遇有果])|例如|比如|含|包括|指|即|见)")
_SENTENCE_END = re.compile(r"[;。/]|(?<=[^0-9])\|")


def _normalised(text: str) -> str:
    """Half-width, without white space; numbering like ① and 1. ends a sentence."""
    words = folded(_CIRCLED.sub("；", text))
    words = _SPACES.sub("", _NUMBERING.sub(";", words)).strip(";。,、.:")
    return _COLON.sub(",", _LABEL.sub("", words))


def _sentences(words: str) -> Iterator[str]:
    """Sentences; a rule in brackets is a sentence of its own, examples in brackets are left out."""
    bracketed_rules: list[str] = []

    def replace_brackets(match: re.Match[str]) -> str:
        inner = match[1]
        if _EXAMPLES.match(inner) or is_proviso(inner):
            return ""
        if _WITHIN_PERIOD.match(inner):
            return f",{inner}"
        if is_exception(inner) or _reads_alone(inner):
            bracketed_rules.append(inner)
            return ""
        return match[0]

    words = _BRACKETS.sub(replace_brackets, words)
    for sentence in (*_SENTENCE_END.split(words), *bracketed_rules):
        if cut := sentence.strip(",、.:"):
            yield cut


def _reads_alone(words: str) -> bool:
    return _ONLY_SPAN.fullmatch(words) is None and bool(_read_sentence(words).rules)


# --- reading -------------------------------------------------------------------------------------

_CONDITION = re.compile(r"(?P<condition>.+的)(?:村|,)?")
_INLINE_CONDITION = re.compile(
    r"(?P<condition>.+?(?:较多|较少|较大|较小|频繁|以上|以下)的)(?:村)?(?P<rest>.+)"
)
# 首月15日前 after 每季度一次: a day of the period that was named before.
_WITHIN_PERIOD = re.compile(rf"(?:于|在|即)?(?P<day>(?:首|末|最后|第?{N}个?月|{N}[日号]).*)")
_ONLY_SPAN = re.compile(rf"(?:{SPAN})")
_LATEST = re.compile(
    r"(?:且|并|但)?(?:最[迟晚](?:不[迟晚]于|于|在)?|不(?:得|应)?[迟晚]于)(?P<rest>.+)"
)
_CONJUNCTIONS = re.compile(r"或者|以及|[、和或及并]")


def _read_sentence(sentence: str) -> Phrase:
    """As it stands; or without what it says of the manner, where nothing is left to doubt then."""
    sentence = in_time(sentence)
    phrase = _read_parts(sentence.split(","))
    if phrase.rules and not phrase.doubts:
        return phrase
    bare = _read_parts(parts_with_time(without_manner(sentence)))
    return bare if bare.rules and not bare.doubts else phrase


def _read_parts(parts: Sequence[str]) -> Phrase:
    rules: list[TimeLimit] = []
    doubts: list[str] = []
    condition = ""
    at = 0
    while at < len(parts):
        part = parts[at]
        at += 1
        doubts_of_part = doubts_without_rule(part)
        if doubts_of_part is not None:
            doubts += doubts_of_part
            continue
        if keeps_within(part, rules):
            continue
        phrase = _read_within(part, rules) or _read_part(part)
        if phrase is None and (match := _CONDITION.fullmatch(part)) is not None:
            condition = match["condition"]
            continue
        if phrase is None and at < len(parts):
            # A comma inside an event: 自信息形成,变更之日起.
            phrase = _read_part(f"{part},{parts[at]}")
            at += phrase is not None
        if phrase is None:
            doubts.append(f"没有读懂：“{part}”。")
            continue
        rules += (_conditioned(rule, condition) for rule in phrase.rules)
        doubts += phrase.doubts
        if condition:
            doubts.append(f"有的时限只在“{condition}”时适用。")
            condition = ""
    if condition:
        doubts.append(f"没有读懂：“{condition}”。")
    return Phrase(tuple(rules), tuple(doubts))


def _read_within(part: str, rules: Sequence[TimeLimit]) -> Phrase | None:
    """每季度一次，首月15日前: the day within the period that was named before it."""
    match = _WITHIN_PERIOD.fullmatch(part)
    every = next((rule.every for rule in rules if _names_no_day(rule) and rule.every), None)
    if match is None or every is None:
        return None
    return read_phrase(f"{every.label}{match['day']}")


def _read_part(part: str) -> Phrase | None:
    if (latest := _LATEST.fullmatch(part)) is not None and (phrase := read_phrase(latest["rest"])):
        latest_days = (replace(r, by="before") if r.by is not None else r for r in phrase.rules)
        return replace(phrase, rules=tuple(latest_days))
    inline = _INLINE_CONDITION.fullmatch(part)
    if inline is not None:
        phrase = read_phrase(inline["rest"])
        if phrase is not None:
            rules = tuple(_conditioned(rule, inline["condition"]) for rule in phrase.rules)
            return Phrase(rules, (*phrase.doubts, f"有的时限只在“{inline['condition']}”时适用。"))
    return read_phrase(part) or _read_joined(part)


def _read_joined(part: str) -> Phrase | None:
    """Several rules joined by a conjunction: 长期、定期公开."""
    pieces = [piece for piece in _CONJUNCTIONS.split(part) if piece]
    read = [read_phrase(piece) for piece in pieces]
    if len(pieces) < 2 or not any(read):  # noqa: PLR2004 - a conjunction joins two
        return None
    unread = [
        f"没有读懂：“{piece}”。" for piece, phrase in zip(pieces, read, strict=True) if not phrase
    ]
    known = [phrase for phrase in read if phrase is not None]
    rules = tuple(rule for phrase in known for rule in phrase.rules)
    return Phrase(rules, (*(doubt for phrase in known for doubt in phrase.doubts), *unread))


def _conditioned(rule: TimeLimit, condition: str) -> TimeLimit:
    if not condition:
        return rule
    kind = "recur_cond" if rule.kind in RECURRING else rule.kind
    return replace(rule, kind=kind, condition=condition)


def _merged(rules: Sequence[TimeLimit]) -> list[TimeLimit]:
    """至少每季度公开一次 together with 季度结束后15日内 is one rule: the one that names the day."""
    named = {rule.every for rule in rules if rule.kind == "recur" and not _names_no_day(rule)}
    return [rule for rule in rules if not (_names_no_day(rule) and rule.every in named)]


def _is_repeated(rule: TimeLimit, rules: Sequence[TimeLimit]) -> bool:
    """每季度首月（1、4、7、10月）的10日: the months in brackets repeat the rule."""
    return rule.month is not None and any(
        replace(known, day=None, by=None) == rule for known in rules if known.day is not None
    )


def _names_no_day(rule: TimeLimit) -> bool:
    without_day = {TimeLimit(kind, rule.every) for kind in ("recur", "recur_min") if rule.every}
    return rule in without_day
