"""How a text opens: the head of an office's paper, which goes, and the title."""

import re
from collections.abc import Sequence

from bulletin.domain.notices.brought.lines import is_apart, is_sentence
from bulletin.domain.notices.brought.parts import BroughtLine, Part

MAX_TITLE = 100  # characters, as a draft's title has it
_MAX_TYPED_TITLE, _MAX_BRACKETED = 60, 40
_MAX_TITLE_LINES, _MAX_HEAD_LINES = 3, 3
_NO_TITLE_END = tuple("。；：，、;:,！？")
_BRACKETED = re.compile(r"[（(].*[）)]")
_NUMBER = re.compile(
    r"[〔［\[（(【]\s*(?:19|20)\d\d\s*[〕］\]）)】]\s*第?\s*\d+\s*号"
)  # 张政发〔2026〕3号
_MAX_PREFIX = 12  # characters before the number: 张政发
_HEADED = re.compile(
    r".*(?:文\s*件|委员会|村委会|居委会|党支部|党总支|政府|党委|合作社)", re.DOTALL
)
_OFFICE = re.compile(r".*(?:委员会|村委会|居委会|支部|总支|政府|党委|合作社)文件")
_SAYS_NOTHING = frozenset({"公示", "公告", "通知", "公示栏", "公开栏", "公示表", "公布"})


def opened(parts: Sequence[Part]) -> tuple[str, Sequence[Part], list[str]]:
    """The title of a text, the rest of it, and a sentence for each line that went.

    The head of an office's paper (张家村村民委员会文件, 张村字〔2026〕3号) goes: the sheet has its own. A title
    that only says 公示 is none.
    """
    said = []
    head = _head_length(parts)
    if head:
        words = "　".join(
            " ".join(p.text.split()) for p in parts[:head] if isinstance(p, BroughtLine)
        )
        said.append(f"文件头“{words}”没有带来：纸样有自己的抬头和登记号。")
        parts = parts[head:]
    length = _title_length(parts)
    title = _joined(parts[:length])
    if title in _SAYS_NOTHING:
        said.append(f"文件的标题只有“{title}”，没有当作标题，请写清楚公开的是什么。")
        title = ""
    return title, parts[length:], said


def _head_length(parts: Sequence[Part]) -> int:
    """Down to the number of the paper, where one stands among the first lines."""
    for at, part in enumerate(parts[:_MAX_HEAD_LINES]):
        if not isinstance(part, BroughtLine) or len(part.text) > _MAX_TYPED_TITLE:
            return 0
        if found := _NUMBER.search(part.text):
            is_alone = len(part.text) - len(found[0]) <= _MAX_PREFIX and at + 1 < len(parts)
            names = parts[:at]
            is_head = all(isinstance(p, BroughtLine) and _HEADED.fullmatch(p.text) for p in names)
            return at + 1 if is_alone and is_head else 0
    return _names_an_office(parts)


def _names_an_office(parts: Sequence[Part]) -> int:
    """Whether the text begins with 张家村村民委员会文件 alone, and its title follows."""
    first, *rest = parts[:2] if len(parts) > 1 else [None]
    is_head = isinstance(first, BroughtLine) and _OFFICE.fullmatch("".join(first.text.split()))
    title = rest[0] if rest else None
    return int(bool(is_head) and isinstance(title, BroughtLine) and _may_be_title(title))


def _title_length(parts: Sequence[Part]) -> int:
    """Of how many lines at its beginning a text's title is made; 0 when it has none."""
    first = parts[0] if parts else None
    if not isinstance(first, BroughtLine) or not _may_be_title(first) or len(parts) == 1:
        return 0
    length = 1
    while length < _MAX_TITLE_LINES and length + 1 < len(parts):
        line = parts[length]
        if not isinstance(line, BroughtLine) or not _goes_on(first, line):
            break
        length += 1
    while length > 1 and len(_joined(parts[:length])) > MAX_TITLE:
        length -= 1
    return length


def _joined(parts: Sequence[Part]) -> str:
    return "".join(_tight(part.text) for part in parts if isinstance(part, BroughtLine))


def _tight(text: str) -> str:
    """Single blanks; none in a word that was spread over the line: 公　示."""
    words = text.split()
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)


def _may_be_title(line: BroughtLine) -> bool:
    text = line.text
    if line.is_bullet or len(text) > MAX_TITLE or text.endswith(_NO_TITLE_END):
        return False
    if is_apart(text):
        return False
    is_marked = line.is_title or line.is_centred or line.level == 1
    return is_marked or (len(text) <= _MAX_TYPED_TITLE and not is_sentence(text))


def _goes_on(first: BroughtLine, line: BroughtLine) -> bool:
    if is_apart(line.text) or line.is_bullet or line.text.endswith(_NO_TITLE_END):
        return False
    if _NUMBER.search(line.text):
        return False
    if first.is_title and line.is_title:
        return True
    is_bracketed = _BRACKETED.fullmatch(line.text) is not None
    if not first.is_centred:
        return is_bracketed and len(line.text) <= _MAX_BRACKETED
    return line.is_centred and line.level == first.level
