"""Deadlines as catalogs word them (公开时限), read as rules.

A wording is cut into sentences and parts, each part is read by the phrases it may be, and whatever
no phrase takes whole is named and left to a person: never a silent guess.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.domain.deadline_events import EVENT_READERS
from bulletin.domain.deadline_periods import PERIOD_READERS
from bulletin.domain.deadline_pieces import CHANNELS, TURNS, Phrase
from bulletin.domain.deadlines import RECURRING, TimeLimit

UNKNOWN = TimeLimit("unknown")
LONGEST_WORDING = 400  # characters; a longer one is a clause of law that a person must read


@dataclass(frozen=True)
class DeadlineReading:
    """What was understood of a wording; `text` is the original as it stood."""

    text: str
    rules: tuple[TimeLimit, ...]
    needs_review: bool
    notes: tuple[str, ...]  # in Chinese: why a person should look


def read_deadline(text: str) -> DeadlineReading:
    """The rules that a wording gives, with the reasons for a person to look at them.

    Nothing is raised: what is not understood is one rule of kind `unknown` and needs review.
    """
    words = _tidied(text)
    if not words:
        return DeadlineReading(text, (UNKNOWN,), needs_review=True, notes=("没有写公开时限。",))
    rules: list[TimeLimit] = []
    notes: list[str] = []
    for sentence in _sentences(words) if len(words) <= LONGEST_WORDING else ():
        found = _read_sentence(sentence)
        rules += (rule for rule in found.rules if rule not in rules)
        notes += found.doubts
    rules = _merged(rules)
    if len([rule for rule in rules if rule.kind != "display"]) > 1:
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
_ASIDE = re.compile(r"\(([^()]*)\)")
_EXAMPLES = re.compile(r"^(?:如|例如|比如|含|包括|指|即|见)")
_PARTING = re.compile(r"[;。/]|(?<=[^0-9])\|")


def _tidied(text: str) -> str:
    """Half-width, without white space; numbering like ① and 1. becomes a parting."""
    words = unicodedata.normalize("NFKC", _CIRCLED.sub("；", text))
    words = _NUMBERING.sub(";", words)
    return _SPACES.sub("", words).strip(";。,、.:")


def _sentences(words: str) -> Iterator[str]:
    """Sentences; a rule in brackets is a sentence of its own, examples in brackets are left out."""
    asides: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        inner = found[1]
        if _EXAMPLES.match(inner) or _PROVISO.fullmatch(inner):
            return ""
        if _reads_alone(inner):
            asides.append(inner)
            return ""
        return found[0]

    words = _ASIDE.sub(put_aside, words)
    for sentence in (*_PARTING.split(words), *asides):
        if cut := sentence.strip(",、.:"):
            yield cut


def _reads_alone(words: str) -> bool:
    return bool(_read_sentence(words).rules)


# --- reading -------------------------------------------------------------------------------------

_CONDITION = re.compile(r"(?P<condition>.+的)(?:村|,)?")
_INLINE_CONDITION = re.compile(r"(?P<condition>.+?(?:较多|较大|频繁|以上)的)(?:村)?(?P<rest>.+)")
_PROVISO = re.compile(r".*(?:另有规定|有特别规定).*|从其规定|.*除外")
_HOLIDAY = re.compile(r"遇.*(?:节假?日|双休日|休息日).*")
_TOPIC = re.compile(r".*(?:事项|内容|情况|工作|项目|信息|资料|政策|制度|名单|财务|村务)")
_NARROWS = re.compile(r"除|不|非|未|无|如|若|遇|否|另|要求")
_ONLY_CHANNEL = re.compile(
    rf"(?:并|同时)?(?:在|通过|利用|于)?{CHANNELS}(?:[、和]{CHANNELS})*(?:上|内|中)?(?:予以|进行)?"
    r"(?:公布|公开|公示|发布|张贴)?"
)
_ON_REQUEST = re.compile(r".*依申请(?:公开)?")
_JOINTS = re.compile(r"[、和或及]|或者|以及")


def _read_sentence(sentence: str) -> Phrase:
    parts = sentence.split(",")
    rules: list[TimeLimit] = []
    doubts: list[str] = []
    condition = ""
    at = 0
    while at < len(parts):
        part = parts[at]
        at += 1
        aside = _aside_doubts(part)
        if aside is not None:
            doubts += aside
            continue
        phrase = _read_part(part)
        if phrase is None and (found := _CONDITION.fullmatch(part)) is not None:
            condition = found["condition"]
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
            doubts.append(f"只在“{condition}”时适用。")
    return Phrase(tuple(rules), tuple(doubts))


def _aside_doubts(part: str) -> tuple[str, ...] | None:
    """Doubts of a part that is no rule; None when it may be one."""
    if not part or _PROVISO.fullmatch(part) or _ONLY_CHANNEL.fullmatch(part):
        return ()
    if _HOLIDAY.fullmatch(part):
        return ("“遇节假日顺延”要由人决定。",)
    if _ON_REQUEST.fullmatch(part):
        return (f"“{part}”不是主动公开。",)
    if _TOPIC.fullmatch(part) and read_phrase(part) is None:
        return (f"只说的是“{part}”。",) if _NARROWS.search(part) else ()
    return None


def _read_part(part: str) -> Phrase | None:
    inline = _INLINE_CONDITION.fullmatch(part)
    if inline is not None:
        phrase = read_phrase(inline["rest"])
        if phrase is not None:
            rules = tuple(_conditioned(rule, inline["condition"]) for rule in phrase.rules)
            return Phrase(rules, (*phrase.doubts, f"只在“{inline['condition']}”时适用。"))
    return read_phrase(part) or _read_joined(part)


def _read_joined(part: str) -> Phrase | None:
    """Several rules in one breath: 长期、定期公开."""
    pieces = [piece for piece in _JOINTS.split(part) if piece]
    read = [read_phrase(piece) for piece in pieces]
    if len(pieces) < 2 or not any(read):  # noqa: PLR2004 - a joint has two sides
        return None
    lost = [
        f"没有读懂：“{piece}”。" for piece, phrase in zip(pieces, read, strict=True) if not phrase
    ]
    known = [phrase for phrase in read if phrase is not None]
    rules = tuple(rule for phrase in known for rule in phrase.rules)
    return Phrase(rules, (*(doubt for phrase in known for doubt in phrase.doubts), *lost))


def read_phrase(words: str) -> Phrase | None:
    """What a phrase without white space says; None when no pattern takes it whole."""
    for shape, reader in (*PERIOD_READERS, *EVENT_READERS):
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
        if TURNS.search(subject):
            return replace(phrase, doubts=(*phrase.doubts, f"“{subject}”可能改变时限。"))
        return phrase
    return None


def _conditioned(rule: TimeLimit, condition: str) -> TimeLimit:
    if not condition:
        return rule
    kind = "recur_cond" if rule.kind in RECURRING else rule.kind
    return replace(rule, kind=kind, condition=condition)


def _merged(rules: Sequence[TimeLimit]) -> list[TimeLimit]:
    """至少每季度公开一次 together with 季度结束后15日内 is one rule: the one that names the day."""
    named = {rule.every for rule in rules if rule.kind == "recur" and (rule.day or rule.from_)}
    return [rule for rule in rules if not (_is_bare(rule) and rule.every in named)]


def _is_bare(rule: TimeLimit) -> bool:
    bare = {TimeLimit(kind, rule.every) for kind in ("recur", "recur_min") if rule.every}
    return rule in bare
