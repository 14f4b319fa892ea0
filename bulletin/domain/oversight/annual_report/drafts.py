"""What parts 一, 五 and 六 of a report begin with: paragraphs of the schedule that fit the year's counts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.domain.labels import Labelled
from bulletin.domain.oversight.annual_report.fields import FieldValues, ReportField

TO_WRITE = re.compile(r"（请写[^）]*）")  # what only a person knows
_NOTHING = frozenset({"", "0"})
_NUMBERING = re.compile(
    r"^(?:\d+[.、．]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、是])\s*"
)
_PARAGRAPH = re.compile(r"\n|(?=[（(][一二三四五六七八九十][）)])")
_IMPROVED = re.compile(r"改进|整改|措施|下一步|落实情况")
_HEADING = re.compile(rf"问题|不足|{_IMPROVED.pattern}")
_MAX_HEADING, _MIN_PROBLEM, _MAX_PROBLEM = 14, 8, 60  # characters


class TextPart(Labelled):
    """The parts that are words; the others are tables."""

    GENERAL = "general", "总体情况"
    PROBLEMS = "problems", "存在的主要问题及改进情况"
    OTHERS = "others", "其他需要报告的事项"

    @property
    def number(self) -> int:
        """Of the six parts."""
        return {"general": 1, "problems": 5}.get(self.value, 6)


@dataclass(frozen=True, kw_only=True)
class DraftParagraph:
    text: str
    when: tuple[str, ...] = ()  # fields of which one must say something
    unless: tuple[str, ...] = ()  # fields of which none may
    numbered: bool = False
    for_each_problem: bool = False


@dataclass(frozen=True)
class ReportText:
    """The schedule of the words."""

    fields: tuple[ReportField, ...]
    drafts: Mapping[TextPart, tuple[DraftParagraph, ...]]
    county_due: str  # month-day by which a county's own report is public: 03-31
    county_basis: str  # the article that says so
    township_due: (
        str  # the same of a township's, where neither the county nor its catalog names a day
    )


def draft_of(
    paragraphs: Sequence[DraftParagraph],
    values: FieldValues,
    facts: Mapping[str, str],
    problems: Sequence[str] = (),
) -> str:
    """The text that a part begins with; its figures stay fields.

    Args:
        facts: body, year and order, for the words in braces.
        problems: of last year's report.
    """
    return "\n".join(_lines(paragraphs, values, facts, problems))


def _lines(
    paragraphs: Sequence[DraftParagraph],
    values: FieldValues,
    facts: Mapping[str, str],
    problems: Sequence[str],
) -> Iterator[str]:
    number = 0
    for paragraph in paragraphs:
        if not _fits(paragraph, values):
            continue
        for problem in problems if paragraph.for_each_problem else ("",):
            number = number + 1 if paragraph.numbered else 0
            text = paragraph.text.format(**facts, problem=problem)
            yield f"{number}. {text}" if number else text


def _fits(paragraph: DraftParagraph, values: FieldValues) -> bool:
    def says(names: Sequence[str]) -> bool:
        return any(values.get(name, "") not in _NOTHING for name in names)

    return (says(paragraph.when) or not paragraph.when) and not says(paragraph.unless)


def problems_in(text: str) -> list[str]:
    """The problems that part 五 of a report names, by paragraphs, without what was done about them."""
    found: list[str] = []
    for paragraph in filter(None, map(str.strip, _PARAGRAPH.split(text))):
        heading, *sentences = re.split(r"[。；：]", _NUMBERING.sub("", paragraph))
        if len(heading) > _MAX_HEADING or not _HEADING.search(heading):
            sentences = [heading, *sentences]
        elif found and _IMPROVED.search(heading):
            break
        first = next(iter(sentences), "").strip()
        if len(first) >= _MIN_PROBLEM:
            found.append(first[:_MAX_PROBLEM])
    return found
