"""Columns that should not hang on a wall, known by their titles, and cells that show something."""

import re
from collections.abc import Iterator, Sequence

from bulletin.domain.privacy.kinds import PERSONAL_COLUMNS, PersonalColumn, PersonalContent
from bulletin.domain.privacy.numbers import bare_mobile
from bulletin.domain.privacy.text_runs import plain

_PEOPLE = re.compile(
    "姓名|户主|户名|申请人|受益人|领款人|领取人|补[助贴]对象|救助对象|保障对象|家庭成员|承包方|承包人|"
    "村民|党员|人员|学生|残疾人|负责人|联系人"
)
_MAX_TITLE = 24
_NOTHING = frozenset({"", "-", "--", ".", "无", "合计", "小计", "总计", "同上"})
_MASK = re.compile(r"[*xX●■█▇…]{2,}|某")
_WORDS_OF_A_CHAT = re.compile("[A-Za-z]")  # the name of somebody's 微信
_OFFICE_PHONE = re.compile(r"(?:0[0-9]{2,3})?[2-9][0-9]{6,7}|[48]00[0-9]{7}|[0-9]{3,6}")


def personal_column(title: str) -> PersonalColumn | None:
    """What a column title says the column holds, or None when it holds nothing personal.

    Blanks and line ends inside the words and full-width letters are forgiven.
    """
    words = _squeezed(title)
    if not words or len(words) > _MAX_TITLE:
        return None
    for column in PERSONAL_COLUMNS:
        if column.says.search(words) and not column.unless.search(words):
            return column
    return None


def is_about_people(titles: Sequence[str]) -> bool:
    return any(_PEOPLE.search(_squeezed(title)) for title in titles)


def personal_columns(titles: Sequence[str]) -> Iterator[tuple[int, PersonalContent]]:
    """Indices (from 0) and contents of the columns whose titles name something personal."""
    about_people = is_about_people(titles)
    for index, title in enumerate(titles):
        column = personal_column(title)
        if column is not None and (about_people or not column.only_of_people):
            yield index, column.content


def is_shown(cell: str, content: PersonalContent, offices: frozenset[str]) -> bool:
    """Whether a cell of such a column shows something: not empty, not masked, no office's phone."""
    words = _squeezed(cell)
    if words in _NOTHING or _MASK.search(words):
        return False
    if content is not PersonalContent.PHONE or _WORDS_OF_A_CHAT.search(words):
        return True
    numbers = re.split("[^0-9+-]+", words)
    figures = (bare_mobile(re.sub("[^0-9]", "", number)) for number in numbers)
    return not all(_is_office_phone(number, offices) for number in figures if number)


def _is_office_phone(number: str, offices: frozenset[str]) -> bool:
    return number in offices or _OFFICE_PHONE.fullmatch(number) is not None


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", plain(words))
