"""Figures in what a notice says: amounts, counts and days, which differ from one period to the next.

No figure is what names the period itself, an article of law, a document's number, a phone, a numbering,
an age or a time limit: wording that stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletin.domain.amounts import NUMERALS, amount_of
from bulletin.domain.characters import folded
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.notices.content import Column, Document, Table, texts
from bulletin.domain.patterns.numerals import read_year
from bulletin.domain.patterns.period_names import period_names

BLANK = "＿＿"  # where a figure or a name is to be filled in
_BLANKS = re.compile("[＿_]{2,}")
_CHINESE = f"{NUMERALS}万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_UNITS = (
    "[万亿]?元|角|分|户|人次?|名|位|亩|公顷|平方米|立方米|公里|千米|米|吨|公斤|斤|度|处|笔|件|个|套|台|"
    "只|头|棵|株|盏|张|份|场|辆|块|座|栋|间|眼|根|袋|批|%|％|‰"
)
_FIGURE = re.compile(
    r"前[二三四2-4]个?季度|[一1][至—-][二三四2-4]季度|"  # counted up, and never rolled
    rf"(?:(?:19|20)\d\d[ ]*年[ ]*)?{_N}[ ]*月[ ]*(?:{_N}[ ]*[日号]|份)?"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}"
    rf"|[-−+]?\d+(?:[,，]\d{{3}})*(?:\.\d+)?(?:[ ]*(?:{_UNITS}))?"
    rf"|[{_CHINESE}]+(?:[余多])?(?:{_UNITS})"
)
_NO_FIGURE = re.compile(
    r"《[^》]*》|〔[^〕]*〕\s*\d*号?|\[(?:19|20)\d\d\]\s*\d+号"
    rf"|第[\s]*[\d{NUMERALS}]+[\s]*[条款项目期号届次批版页章节组社队名位季周]"
    rf"|(?:^|(?<=\n))\s*[（(]?[\d{NUMERALS}]{{1,3}}(?:[)）、．]|\.(?!\d))"
    rf"|[\d{NUMERALS}]+(?:组|社(?!保)|队)"
    r"|\d+(?:周?岁|年(?!度))|\d+个?(?:工作日|自然日)|(?<![\d月])\d+(?:日|天)(?:之?内|以内|以上)?"
    r"|\d{1,2}[:：]\d{2}|(?:19|20)\d\d年(?:度)?(?!\s*\d{1,2}\s*月)"
    r"|(?<!\d)1\d{10}(?!\d)|(?<!\d)0\d{2,3}[-—]?\d{7,8}(?!\d)|(?<!\d)\d{7,8}(?=转)"
    rf"|(?<![\d.,])12\d{{3}}(?![\d.,]|\s*(?:{_UNITS}))"
    r"|(?:电话|热线|举报|拨打|致电|邮编|传真|编号|代码)[^，。；\n]{0,6}?[:：]?\s*\d[\d-]{3,14}"
    r"|(?:每|历|各|逐)年[^，。；]{0,2}?月|一[事户人亩村车卡]一|每一?(?:人|户|亩|年|月|笔|件|处|张|份|项|次|家|个)|[A-Za-z]+\d+|https?://\S+"
    r"|（大写[:：]?[^）]*）|\(大写[^)]*\)"
)
_LONE = re.compile(
    r"[一两几多余十百千万亿](?:[余多])?(?:分|位|个|件|份|场|批|块|头|套|台|根|名|人|户|次|笔|处|张|间|座|项)?"
)
_COUNTING = re.compile(r"[共计有达增减约合为加少]\s*$")
_NUMBERING = re.compile(r"(?:序|行次|栏次|排名|名次|编号|编码|代码|科目号|凭证号)")


@dataclass(frozen=True)
class PlacedFigure:
    """A figure in a text, with where it stands there."""

    start: int
    end: int
    words: str  # 24,000元, as it is written

    @property
    def value(self) -> str:
        """The figure in one spelling: 24000元, however its thousands are set."""
        return figure_value(self.words)


def figure_value(words: str) -> str:
    """A figure to compare: half-width, without separators, blanks and idle noughts."""
    plain = re.sub(r"[\s,]", "", folded(words)).replace("\u2212", "-")
    number = re.match(r"[-+]?\d+(?:\.\d+)?", plain)
    amount = amount_of(number[0]) if number else None
    if number is None or amount is None or plain[number.end() :].startswith(("年", "-", "/", ".")):
        return plain
    return f"{amount.normalize():f}{plain[number.end() :]}"


def figures_in(
    text: str, periods: Iterable[Period] = (), old_years: frozenset[int] = frozenset()
) -> Iterator[PlacedFigure]:
    """The figures of running words, in order.

    Args:
        periods: what the notice is about; their names are no figures.
        old_years: years that may be wrong by now; alone, as 2026年, they count as a figure too.
    """
    wording = [match.span() for match in _NO_FIGURE.finditer(text)]
    wording = [span for span in wording if not _is_old_year(text[slice(*span)], old_years)]
    named = [(n.start, n.end) for period in periods for n in period_names(text, period)]
    for match in re.finditer(rf"(?:19|20)\d\d年|{_FIGURE.pattern}", text):
        start, end = match.span()
        if any(first < end and start < last for first, last in (*wording, *named)):
            continue
        if _LONE.fullmatch(match[0]) and not _COUNTING.search(text[:start]):
            continue
        yield PlacedFigure(start, end, match[0].strip())


def _is_old_year(words: str, old_years: frozenset[int]) -> bool:
    year = re.fullmatch(r"((?:19|20)\d\d)年度?", words)
    return year is not None and read_year(year[1]) in old_years


def cell_figure(
    column: Column, cell: str, periods: Sequence[Period], old_years: frozenset[int]
) -> str:
    """The figures of a cell as they are written; '' when it holds none."""
    if column.kind != "text":
        return cell if any(map(str.isdecimal, cell)) else ""
    return "、".join(figure.words for figure in figures_in(cell, periods, old_years))


def numbering_columns(table: Table) -> frozenset[int]:
    """The columns that only number or name their rows: 序号, 科目代码, or 1, 2, 3 all the way down."""
    return frozenset(
        place
        for place, column in enumerate(table.columns)
        if _NUMBERING.search(column.title)
        or (len(table.rows) > 1 and _counts(row[place] for row in table.rows))
    )


def _counts(cells: Iterable[str]) -> bool:
    return all(cell.strip() == str(number) for number, cell in enumerate(cells, 1))


def blanks_in(document: Document) -> Iterator[tuple[int, int]]:
    """The blocks with blanks still to be filled in, and how many each has.

    A blank （大写：＿＿） is filled when it is printed.
    """
    for at, block in enumerate(document.blocks):
        said = "\n".join(texts(Document((block,))))
        count = len(_BLANKS.findall(re.sub(r"[（(]大写[^）)]*[）)]", "", said)))
        if count:
            yield at, count
