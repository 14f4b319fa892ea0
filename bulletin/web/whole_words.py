"""What no line may break: dates, amounts, counts, codes, telephones, names, and the words of a title.

A Chinese line ends after any character, so a narrow phone with large type would show 2026年12月 and
5日 on two lines. Every page passes through `whole_words` (base.html): templates and services need not
think of it. A page's text gains nothing but tags without words: what is copied, searched and
compared with paper stays as it is.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from html import unescape
from itertools import accumulate

from markupsafe import Markup, escape

from bulletin.domain.notices.title_phrases import title_phrases

# A page styles its own spans; a date or a code keeps its direction in Uyghur text, too.
WHOLE, END_OF_WHOLE = "<bdi>", "</bdi>"
MAX_EMS = 10.5  # of what is kept whole: wider than a small phone's line, it has to break somewhere
_FIGURE_EMS = 0.55
MIN_TITLE = 7  # characters: fewer fit into every line
MAX_AGAIN = 60  # characters of a text that is remembered
MAX_CELL = 9  # characters that a cell of an edition's table keeps whole by itself (content.css)

_HAN = r"[\u3400-\u9fff]"
_DONE = "(?:发布|贴上|取下|上墙)?"  # on that day: no line begins with it alone
# How much of what, and by when: 2块公开栏, 13件, 5个工作日, 15日内.
_MEASURES = "件项张份条人户次天日月年版页期处块个位字"
_COUNT = rf"(?<![A-Za-z0-9.,])\d{{1,4}}(?:块公开栏|个(?:工作日|月)|分钟|小时|[{_MEASURES}])[内前]?(?:答复)?"
# What a sentence of this site is about, in words that are shorter than every line.
_NOUNS = (
    "公开栏|公开件|公示期|信息员|村委会|监委会|党支部|二维码|微信群|未到期|迟公开|按时公开|张贴不足"
    rf"|(?:{_HAN}{{1,3}}村)?村民委员会|村民会议|人民政府"
)

_NUMERALS = "〇○零一二三四五六七八九十"
_WHOLE = (
    # 2026年12月5日, 12月5日, 2026年第三季度, 二〇二六年十月五日, 2026-12-05
    rf"\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日{_DONE})?|第[一二三四]季度|[上下]半年|度|修[订正])?"
    rf"|\d{{1,2}}月\d{{1,2}}日{_DONE}"
    rf"|[{_NUMERALS}]{{4}}年(?:[{_NUMERALS}]{{1,3}}月(?:[{_NUMERALS}]{{1,3}}日)?)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    # telephones, codes, register numbers, editions
    r"|(?:（0\d{2,3}）|0\d{2,3}-|\+86[ -]?)\d{7,11}(?:转\d{1,6})?"
    r"|400-\d{3}-\d{4}"
    r"|\d{3} \d{3} \d{3} \d{2}"
    r"|〔\d{4}〕\d+号"
    r"|第\d+[版页号期届]"
    # amounts
    r"|(?:(?<![A-Za-z0-9_)])[-+−￥¥])?(?<![\d.,])\d[\d,]*(?:\.\d+)?[^\S\r\n]?(?:[百千万亿]+元?|元)"
    r"|(?<![A-Za-z0-9_)])[-+−￥¥]\d[\d,]*(?:\.\d+)?"
    r"|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,20}元[零壹贰叁肆伍陆柒捌玖角分整]{0,6}"
    rf"|{_COUNT}|{_NOUNS}"
)
_LONE = rf"{_HAN}{{1,5}}·{_HAN}{{1,5}}|(?<![\w○]){_HAN}{{2,4}}(?![\w○])"  # perhaps a name, between signs
_ADDRESS = re.compile(r"[!-~]{21,}")
_AFTER_JOINT = re.compile(r"(?<=[/?&_-])(?=[^/?&_-])")  # where an address may break
_INDENT = re.compile(r"\n\s+")
# With all that stands in them, as their words are nobody's text, or can't be marked.
_SILENT = "|".join(
    rf"<{name}\b.*?</{name}>"
    for name in ("script", "style", "textarea", "select", "datalist", "pre", "svg", "template")
)
_TAG = re.compile(
    rf"""({_SILENT}|<(?:!--.*?--|/?([a-zA-Z][a-zA-Z0-9]*)(?:"[^"]*"|'[^']*'|[^'">])*)>)""",
    re.DOTALL,
)
# Their words are titles or short: tokens.css keeps them together, save where a phrase ends.
_TITLES = frozenset(
    "h1 h2 h3 h4 a b strong cite caption summary legend figcaption".split()  # noqa: SIM905
)
_TELLING = _TITLES | {"table", "article"}  # how to take the words behind them


def whole_words(html: str, names: Collection[str] = ()) -> Markup:
    """The markup of a page, with what no line may break kept together, and without indents.

    Args:
        names: of people, kept whole wherever they stand in a sentence. Where there are any, and in an
            edition, so is every short word between signs: it may be a name that nobody listed.
    """
    return Markup("".join(_parts(html, frozenset(names))))  # noqa: S704 - our own markup


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str], *, lone: bool) -> re.Pattern[str]:
    found = [_WHOLE, *_any_of(names), *([_LONE] if lone else [])]
    return re.compile("|".join(found))


def _any_of(names: frozenset[str]) -> Iterator[str]:
    """Names as one alternative, the longer before the shorter, by their first character.

    A township has a thousand: nearly every place of a text is passed without trying them all.
    """
    rests: dict[str, list[str]] = {}
    for name in sorted(filter(None, names), key=len, reverse=True):
        rests.setdefault(re.escape(name[0]), []).append(re.escape(name[1:]))
    if rests:
        each = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())
        yield f"(?=[{''.join(rests)}])(?:{each})"


def _parts(html: str, names: frozenset[str]) -> Iterator[str]:
    """Tags as they are, and the words between them."""
    titles, in_table, in_edition = 0, False, False
    pieces = _TAG.split(html)  # words, tag, its name, words, tag, its name … words
    for words, tag, name in zip(
        pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], None], strict=True
    ):
        if words:
            look = _words_again if len(words) <= MAX_AGAIN else _words
            yield look(words, names, bool(names) or in_edition, titles > 0, in_table)
        yield tag
        if name not in _TELLING:
            continue
        closes = tag.startswith("</")
        if name in _TITLES:
            titles += -1 if closes else 1
        elif name == "table":
            in_table = not closes and 'class="sheet' in tag
        else:
            in_edition = not closes


def _words(markup: str, names: frozenset[str], lone: bool, titled: bool, in_table: bool) -> str:
    """The words between two tags, of a title, of a cell of an edition or of running text."""
    if not markup.strip():
        return _INDENT.sub("\n", markup)
    pattern, text = _pattern(names, lone=lone), unescape(markup)
    ends = _title_ends(text) if titled and len(text.strip()) >= MIN_TITLE else set()
    found = [each for each in pattern.finditer(text) if _ems(each[0]) <= MAX_EMS]
    ends -= {place for each in found for place in range(each.start() + 1, each.end())}
    for match in _ADDRESS.finditer(text):
        ends |= {match.start() + joint.end() for joint in _AFTER_JOINT.finditer(match[0])}
    spans = [each.span() for each in found if _is_loose(each, titled, in_table)]
    if not ends and not spans:
        return markup
    marks = dict.fromkeys(ends, "<wbr>")
    for start, end in spans:
        marks[start] = marks.get(start, "") + WHOLE
        marks[end] = END_OF_WHOLE + marks.get(end, "")
    return _marked(text, marks)


# Most of a page are labels, that every page has, and titles, that the pages of a place share.
_words_again = lru_cache(maxsize=16_384)(_words)


def _marked(text: str, marks: dict[int, str]) -> str:
    """Text as markup, with each mark at its place."""
    at = 0
    parts = []
    for place in sorted(marks):
        parts += [str(escape(text[at:place])), marks[place]]
        at = place
    return "".join((*parts, str(escape(text[at:]))))


def _ems(words: str) -> float:
    """How wide words run, in the width of a Chinese character, roughly."""
    return sum(_FIGURE_EMS if char.isascii() else 1.0 for char in words)


def _title_ends(text: str) -> set[int]:
    """Where a line of a title may end, counted in characters."""
    return set(list(accumulate(map(len, title_phrases(text))))[:-1])


def _is_loose(match: re.Match[str], titled: bool, in_table: bool) -> bool:
    """Whether what was found could be broken: a title's words and a short cell's hold together anyway."""
    holds = match[0].replace(",", "").replace(".", "").isalnum()
    if titled:
        return not holds
    return not (in_table and holds and _is_short_piece(match))


def _is_short_piece(match: re.Match[str]) -> bool:
    """Whether what stands around a match, up to the next sign, fits into a line."""
    text, (start, end) = match.string, match.span()
    while start and end - start <= MAX_CELL and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end - start <= MAX_CELL and text[end].isalnum():
        end += 1
    return end - start <= MAX_CELL
