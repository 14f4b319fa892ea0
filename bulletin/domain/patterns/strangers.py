"""Another village's notice as a pattern: what it says, without whom, where and how much.

Figures, names of people, firms and places, phones and cards become blanks to fill in; of its tables the
heads come along, and only those rows that every village has (上期结余, 合计). It is help: whoever drafts
reads it through, and nothing can be handed in while a blank is left.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bulletin.domain.accounts.words import mark_of
from bulletin.domain.notices.content import Block, Document, Heading, ListBlock, Paragraph, Table
from bulletin.domain.notices.title_phrases import title_tokens
from bulletin.domain.patterns.figures import BLANK, figures_in
from bulletin.domain.patterns.pattern import Pattern, without_rows
from bulletin.domain.privacy.scan import scan_text

_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐沿梅莫庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍"
    "位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边星申贵拉尕才"
)
_LABELS = (
    "姓名|联系人|地址|经手人|经办人|负责人|户主|申请人|承包人|承包方|承租方|承租人|中标人|中标单位|中标方|施工单位|施工方|"
    "供货方|领款人|受益人|证明人|审批人|村会计|出纳|报账员|组长|社长|收款人|开户行|户名|签字"
)
_FIRMS = "有限责任公司|有限公司|公司|商店|商行|超市|施工队|建材店|门市部|经销部|经销店|农资店|加油站|砂石场|养殖场"
_ROLES = r"同志|先生|女士|主任|书记|会计|委员|社长|组长|老师|医生|家[的门]|等[\d一二三四五六七八九十]*[户人名]"
_NAMES = (
    re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?={_ROLES})"),
    re.compile(
        rf"(?<=[付给由向聘请经])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=$|[，。；、\s（(]|的|承|负|施|购|领|等)"
    ),
    re.compile(rf"(?<=[付给])[{_SURNAMES}][\u4e00-\u9fff]"),
    re.compile(r"[\u4e00-\u9fff](?:[*＊]{1,2}|某某?)"),
)
_FIRM = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{2,16}}?(?:{_FIRMS})")
_LABELLED = re.compile(rf"(?P<label>(?:{_LABELS})[:：][ ]*)(?P<whom>[^，。；\n]+)")
_GROUP = re.compile(
    r"(?:[东西南北中上下前后新老]|[一二三四五六七八九十]{1,2}|第?\d{1,2})(?=社(?![会保区员])|组(?![织成长]))"
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d[\d *\-—]{5,}[\dXx](?!\d)")
_CAPITALS = re.compile(r"([（(]大写[:：]?)[^）)]*([）)])")
_SENTENCE = re.compile(r"[^。；\n]+[。；\n]?")
_FILLERS = frozenset("村费款金类项其他和及")  # single characters between the words of a heading


def as_stranger(
    pattern: Pattern, own_places: Collection[str], strange_names: Collection[str]
) -> Pattern:
    """The pattern without the figures and names of the village that it comes from.

    Args:
        pattern: already reworded: the other village's name is this one's by now.
        own_places: names that stay: of this village, its publishers and its township.
        strange_names: of people and other places that the site knows.
    """
    blanks = _Blanks(pattern, frozenset(own_places), frozenset(strange_names) - set(own_places))
    blocks = tuple(blanks.block(block) for block in pattern.document.blocks)
    return replace(pattern, title=blanks.text(pattern.title), document=Document(blocks))


class _Blanks:
    def __init__(
        self, pattern: Pattern, own_places: frozenset[str], strange_names: frozenset[str]
    ) -> None:
        self._pattern, self._own = pattern, own_places
        names = sorted(filter(None, strange_names), key=lambda name: -len(name))
        self._known = re.compile("|".join(map(re.escape, names)) or r"(?!)")

    def block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph():
                return replace(block, text=self.text(block.text))
            case ListBlock():
                return replace(block, items=tuple(map(self.text, block.items)))
            case Table():
                return self._table(block)
            case _:
                return block

    def text(self, text: str) -> str:
        """Running words; a sentence in which personal data is found in spite of all is a blank."""
        return "".join(map(self._sentence, _SENTENCE.findall(text)))

    def _sentence(self, text: str) -> str:
        text = self._without_figures(_CAPITALS.sub(rf"\1{BLANK}\2", text))
        text = _LONG_NUMBER.sub(BLANK, text)
        text = _LABELLED.sub(lambda found: f"{found['label']}{BLANK}", text)
        text = _GROUP.sub(BLANK, self._known.sub(BLANK, text))
        text = _FIRM.sub(self._firm, text)
        for name in _NAMES:
            text = name.sub(BLANK, text)
        return BLANK if scan_text(text, "") else text

    def _firm(self, found: re.Match[str]) -> str:
        return found[0] if any(place in found[0] for place in self._own) else BLANK

    def _without_figures(self, text: str) -> str:
        pieces, done = "", 0
        for figure in figures_in(text, self._pattern.periods, self._pattern.old_years):
            pieces += text[done : figure.start] + blank_figure(figure.words)
            done = figure.end
        return pieces + text[done:]

    def _table(self, table: Table) -> Table:
        heads = replace(
            without_rows(table),
            caption=self.text(table.caption),
            columns=tuple(replace(c, title=self._known.sub(BLANK, c.title)) for c in table.columns),
        )
        rows = tuple(self._rows(table, table.rows))
        footer = next(self._rows(table, [table.footer]), None) if table.footer else None
        return replace(heads, rows=rows or heads.rows, footer=footer)

    def _rows(self, table: Table, rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """The rows that every village has, with their labels alone."""
        for row in rows:
            labels = tuple(
                cell if column.kind == "text" and _is_every_villages(cell) else ""
                for column, cell in zip(table.columns, row, strict=True)
            )
            if any(labels):
                yield labels


def blank_figure(words: str) -> str:
    """A figure with its numbers as blanks: 24,000元 is ＿＿元."""
    if re.search(r"\d", words):
        return re.sub(r"[-−+]?\d[\d,，.]*", BLANK, words)
    return re.sub(r"^[^元角分户人名位亩件笔处吨]+", BLANK, words)


def _is_every_villages(label: str) -> bool:
    """Whether a label names a kind of row, and nobody and no place: 上期结余, 合计, 干部报酬."""
    if not label.strip() or any(map(str.isdecimal, label)):
        return False
    if mark_of(label) is not None:
        return True
    return all(len(token) > 1 or token in _FILLERS for token in title_tokens(label))
