"""What a text itself says of objections.

自公布之日起五日内向村民选举委员会申诉, 三日内作出处理决定. Only sentences are read that name an objection
and what to do about it; of all others nothing is said. What a sentence leaves open is None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from bulletin.domain.amounts import NUMERALS, number_of
from bulletin.domain.characters import folded
from bulletin.domain.notices.content import Document, Heading, ListBlock, Paragraph
from bulletin.domain.notices.positions import NOWHERE, Position
from bulletin.domain.objections.lines import Addressee, DayCount, ObjectionLine

_BODIES = (
    (Addressee.SUPERVISION_COMMITTEE, re.compile(r"监督委员会|监委会|村监委|监督小组|监督机构")),
    (Addressee.ELECTION_COMMITTEE, re.compile(r"选举委员会|选委会")),
    (Addressee.SUPERVISORY_BOARD, re.compile(r"监事")),
    (
        Addressee.COLLECTIVE,
        re.compile(r"(?:合作社|集体经济组织|经济联合社)(?!的?监事)|理事"),
    ),
    (Addressee.PARTY_BRANCH, re.compile(r"党(?:总)?支部|支委会|村党委|村(?:级)?党组织")),
    (Addressee.TOWNSHIP_PARTY, re.compile(r"[乡镇]党委|党工委")),
    (
        Addressee.TOWNSHIP,
        re.compile(
            r"[乡镇](?:人民)?政府|街道办|[乡镇](?:街道)?(?:民政|社会事务|农经|经管|党群|便民)\w{0,6}[办所站心]"
        ),
    ),
    (
        Addressee.COUNTY,
        re.compile(r"(?:[县市区旗]|县级)(?:人民)?政府|[县市区旗]\w{1,10}局|(?:民政|自然资源|农业农村)局"),
    ),
    (Addressee.VILLAGERS_COMMITTEE, re.compile(r"村民委员会|村委")),
)  # fmt: skip

_SENTENCE = re.compile(r"[^。;!?\n]+")
_OBJECTS = re.compile(r"(?<!无)(?<!没有)(?<!未有)(?<!未提出)(?:异议|申诉)")
_REPORTS = re.compile(r"举报|投诉")
_GIVES_OPINION = re.compile(
    r"(?<!无)(?<!没)有(?:不同)?(?:的?意见|建议)|(?:提出|反映|反馈)(?:书面)?(?:意见|建议)"
)
# What a person may do about the answer, or about a decision on himself: another way than this one.
_FURTHER_WAYS = re.compile(r"不服|复议|诉讼|起诉|仲裁|听证|复核|仍有|仍然有|不满意|逾期不答复")
_CONSULTS = re.compile(r"草案|征求|方案|规划|计划|章程|村规民约")
_TURNS_TO = re.compile(
    r"(?:向|到|找)(?P<whom>[^,。:]{2,40}?)(?:书面|当面|如实|实名|口头|来信)*"
    r"(?:提出|申诉|反映|反馈|投诉|举报|递交|提交)"
)
_DOES = re.compile(r"提出|申诉|反映|反馈|投诉|举报")

_N = rf"(?:[0-9]{{1,3}}|[{NUMERALS}]{{1,5}})"
_COUNT = (
    rf"(?<![0-9月{NUMERALS}])(?P<n>{_N})(?P<unit>个?工作[日天]|个?自然[日天]|[日天])(?:以|之)?内"
)
_WITHIN = re.compile(_COUNT)
_REPLY = re.compile(
    rf"{_COUNT}[^,。]{{0,14}}?(?:答复|回复|反馈|作出(?:处理)?(?:决定|处理)|予以处理|处理完毕|办结)"
)
_RECEIVED = re.compile(r"收到|接到|受理")
_UNTIL = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
    r"(?:[0-9]{1,2}[时点:](?:[0-9]{1,2}分?)?)?(?:之|以)?(?:前|止|为止)"
)
_WHOLE_PERIOD = re.compile(
    r"(?:公示|公告|公布|公开|张贴|张榜)(?:的?期限?|期间|时间)(?:以|之)?内|(?:公示|公告|公布)期间"
)
_TIME_CLAUSE = re.compile(r"(?:内|前|止|之日起|期间)$")
_MAX_QUOTED = 60  # characters
_AS_WRITTEN = str.maketrans(",:()", "，：（）")


@dataclass(frozen=True, kw_only=True)
class ObjectionSentence:
    """One sentence on objections, and what it says."""

    words: str
    bodies: frozenset[Addressee]  # empty: none is named, or none that is known
    named: str  # 村民选举委员会, as it stands there; '' when nobody is named
    within: DayCount | None
    until: tuple[int | None, int, int] | None  # year, month, day
    whole_period: bool
    reply: DayCount | None
    is_opinion: bool  # asks for opinions, and speaks of no objection
    is_report: bool  # 举报, 投诉
    consults: bool  # on a draft, whose days are its own
    position: Position = NOWHERE

    def until_on(self, opens_on: date) -> date | None:
        """The day that it names, in the year of the publication or the next; None for no such day."""
        if self.until is None:
            return None
        year, month, day = self.until
        try:
            named = date(year or opens_on.year, month, day)
            return named if year or named >= opens_on else date(opens_on.year + 1, month, day)
        except ValueError:
            return None

    @property
    def quoted(self) -> str:
        words = self.words.translate(_AS_WRITTEN)
        return words if len(words) <= _MAX_QUOTED else f"{words[:_MAX_QUOTED]}……"


def bodies_in(words: str) -> frozenset[Addressee]:
    """The bodies that some words name: 村务监督委员会或者乡人民政府."""
    return frozenset(body for body, pattern in _BODIES if pattern.search(words))


def objection_sentences(document: Document) -> Iterator[ObjectionSentence]:
    """What a document says of objections, in its order. Under a heading on them every sentence counts."""
    about_objections = False
    for at, block in enumerate(document.blocks):
        match block:
            case Heading(text=text):
                about_objections = _OBJECTS.search(folded(text)) is not None
            case Paragraph(text=text):
                yield from _of_text(text, about_objections, Position(block=at))
            case ListBlock(items=items):
                for row, item in enumerate(items):
                    yield from _of_text(item, about_objections, Position(block=at, row=row))


def _of_text(text: str, about_objections: bool, position: Position) -> Iterator[ObjectionSentence]:
    plain = re.sub(r"[ \t　]", "", folded(text))
    sentences = _SENTENCE.findall(plain)
    answered = False  # the sentence is the answer to the one before, and was read with it
    for words, following in zip_longest(sentences, sentences[1:], fillvalue=""):
        read = _read(words, following, about_objections)
        if read is not None and not (answered and not read.named):
            yield replace(read, position=position)
        answered = read is not None and read.reply is not None


def _read(words: str, following: str, about_objections: bool) -> ObjectionSentence | None:
    objects, opines = _OBJECTS.search(words), _GIVES_OPINION.search(words)
    reports = _REPORTS.search(words)
    trigger = objects or opines or reports
    if _FURTHER_WAYS.search(words) or not (trigger or about_objections):
        return None
    turn = _TURNS_TO.search(words)
    act = turn or _DOES.search(words)
    reply = _reply(words, following)
    if act is None and reply is None:
        return None
    part = _time_part(words, trigger or act, act or trigger)
    whom = turn["whom"] if turn else ""
    return ObjectionSentence(
        words=words,
        bodies=bodies_in(whom),
        named=whom,
        within=_count(_WITHIN.search(part)),
        until=_until(part),
        whole_period=_WHOLE_PERIOD.search(part) is not None,
        reply=reply,
        is_opinion=not objects and not about_objections and bool(opines),
        is_report=not objects and not opines and bool(reports),
        consults=_CONSULTS.search(words) is not None,
    )


def _reply(words: str, following: str) -> DayCount | None:
    """How soon it is answered, in the same sentence or in the next one."""
    if match := _REPLY.search(words):
        return _count(match)
    if _RECEIVED.search(following) or _OBJECTS.search(following):
        return _count(_REPLY.search(following))
    return None


def _time_part(words: str, trigger: re.Match[str] | None, act: re.Match[str] | None) -> str:
    """The clauses from the objection to what is done about it, where its time stands.

    A clause before them that says nothing but a time belongs to them; one on the answer does not.
    """
    if trigger is None or act is None:
        return ""
    starts = [0, *(match.end() for match in re.finditer(",", words))]
    begin, end = sorted((trigger.start(), act.end()))
    first = max(n for n, start in enumerate(starts) if start <= begin)
    clauses = words.split(",")
    last = max(n for n, start in enumerate(starts) if start < max(end, 1))
    if first and _TIME_CLAUSE.search(clauses[first - 1]):
        first -= 1
    asked = [
        c for c in clauses[first : last + 1] if not _RECEIVED.search(c) and not _REPLY.search(c)
    ]
    return ",".join(asked)


def _count(match: re.Match[str] | None) -> DayCount | None:
    number = number_of(match["n"]) if match else None
    if match is None or not number:
        return None
    return DayCount(number, "working" if "工作" in match["unit"] else "natural")


def _until(part: str) -> tuple[int | None, int, int] | None:
    match = _UNTIL.search(part)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return year, int(match["month"]), int(match["day"])


def read_line_words(text: str) -> ObjectionLine | None:
    """自公布起5日内向村民选举委员会提出，3日内答复 as a line; None when it names nobody.

    What is typed without days goes on until the posting period ends.
    """
    said = _read(re.sub(r"\s", "", folded(text)), "", about_objections=True)
    if said is None or not said.named:
        return None
    whom = [part for part in re.split(r"或者?|和|及|、", said.named) if part]
    return ObjectionLine(
        to=tuple(map(_body_of_line, whom)),
        within=said.within,
        at_any_time="随时" in text,
        reply=said.reply,
    )


def _body_of_line(words: str) -> str:
    """One of ours, or the words of another body: 县民政局 is not the county's government."""
    bodies = bodies_in(words)
    of_government = not bodies.isdisjoint({Addressee.TOWNSHIP, Addressee.COUNTY})
    if len(bodies) != 1 or (of_government and not re.search(r"政府|街道办", words)):
        return words
    return next(iter(bodies)).value
