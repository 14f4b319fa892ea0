"""Scripts that the packaged font has not: what they are called, whose font sets them, which way they run.

Ranges are the blocks of Unicode 16. Files are those of the Noto, Hanazono and BabelStone fonts, all
free to copy (SIL Open Font License or as free), named as Debian's packages name them.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

DEBIAN = "/usr/share/fonts/truetype"
IDEOGRAPHS = range(0x20000, 0x40000)
# Letters that join or stack, of scripts between Greek and the signs: Hebrew to Balinese and beyond.
FIRST_JOINED, AFTER_JOINED = "\u0590", "\u2000"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_ISOLATE, _END_OF_ISOLATE = "\u2067", "\u2069"  # RLI, PDI: an island that runs from the right


@dataclass(frozen=True)
class Script:
    """A script, or a part of the ideographs, and the font to fetch for it."""

    name: str  # 藏文
    english: str
    spans: tuple[range, ...]  # code points
    sample: str  # what a font of it has at the least
    package: str  # of Debian
    path: str  # where the package puts the font
    language: str = ""  # BCP 47, where its writing needs rules of its own

    @property
    def file(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_ideographic(self) -> bool:
        """Rare characters of names, each a case of its own; not the writing of a people."""
        return self.spans[0].start in IDEOGRAPHS


SCRIPTS = (
    Script(
        name="藏文",
        english="Tibetan",
        spans=(range(0x0F00, 0x1000),),
        sample="བོདྱྲ་།",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoSerifTibetan-Regular.ttf",
        language="bo",
    ),
    Script(
        name="传统蒙古文",
        english="Mongolian",
        spans=(range(0x1800, 0x18B0), range(0x11660, 0x11680)),
        sample="ᠮᠣᠩᠭᠣᠯ",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoSansMongolian-Regular.ttf",
        language="mn",
    ),
    Script(
        name="维吾尔文",
        english="Uyghur and Kazakh in Arabic letters",
        spans=(
            range(0x0600, 0x0700),
            range(0x0750, 0x0780),
            range(0x0870, 0x0900),
            range(0xFB50, 0xFE00),
            range(0xFE70, 0xFEFF),
        ),
        sample="ئۇيغۇرچە ۋېڭژپھ",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoNaskhArabic-Regular.ttf",
        language="ug",
    ),
    Script(
        name="彝文",
        english="Yi",
        spans=(range(0xA000, 0xA4D0),),
        sample="ꆈꌠꁱꂷ",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoSansYi-Regular.ttf",
    ),
    Script(
        name="傈僳文",
        english="Lisu",
        spans=(range(0xA4D0, 0xA500), range(0x11FB0, 0x11FC0)),
        sample="ꓡꓲꓢꓴ",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoSansLisu-Regular.ttf",
    ),
    Script(
        name="西双版纳傣文",
        english="New Tai Lue",
        spans=(range(0x1980, 0x19E0),),
        sample="ᦅᧄᦺᦑ",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoSansNewTaiLue-Regular.ttf",
    ),
    Script(
        name="德宏傣文",
        english="Tai Le",
        spans=(range(0x1950, 0x1980),),
        sample="ᥖᥭᥰᥘᥫᥴ",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoSansTaiLe-Regular.ttf",
    ),
    Script(
        name="苗文（柏格理）",
        english="Miao",
        spans=(range(0x16F00, 0x16FA0),),
        sample="𖼀𖼇𖽑",
        package="fonts-noto-core",
        path=f"{DEBIAN}/noto/NotoSansMiao-Regular.ttf",
    ),
    Script(
        name="生僻字（扩展B区）",
        english="CJK Extension B",
        spans=(range(0x20000, 0x2A6E0),),
        sample="𠀁𠮷𪛖",
        package="fonts-hanazono",
        path=f"{DEBIAN}/hanazono/HanaMinB.ttf",
    ),
    Script(
        name="生僻字（扩展C区至F区）",
        english="CJK Extensions C to F",
        spans=(range(0x2A700, 0x2EBF0),),
        sample="𪜀𫠠𬺰",
        package="fonts-hanazono",
        path=f"{DEBIAN}/hanazono/HanaMinB.ttf",
    ),
    Script(
        name="生僻字（扩展G区、H区）",
        english="CJK Extensions G and H",
        spans=(range(0x30000, 0x323B0),),
        sample="\U00030000\U00030edd\U00031350",
        package="fonts-babelstone-han",
        path=f"{DEBIAN}/babelstone/BabelStoneHan.ttf",
    ),
)


@lru_cache(maxsize=4096)
def script_of(char: str) -> Script | None:
    """The script of the table above that a character belongs to; None for all others."""
    return next((s for s in SCRIPTS if any(ord(char) in span for span in s.spans)), None)


def people_script_of(char: str) -> Script | None:
    """The same, but for ideographs: the writing of a people."""
    script = script_of(char)
    return None if script is None or script.is_ideographic else script


def runs_from_the_right(words: str) -> bool:
    """Whether the first letter of the words belongs to a script that is written from the right.

    Unicode Standard Annex 9, rules P2 and P3.
    """
    sides = map(unicodedata.bidirectional, words)
    return next((side != "L" for side in sides if side in ("L", "R", "AL")), False)


def has_right_to_left(words: str) -> bool:
    return _RIGHT_TO_LEFT.search(words) is not None


def is_joined(char: str) -> bool:
    """A letter that joins its neighbours or stacks: nothing may be put between it and them."""
    return FIRST_JOINED <= char < AFTER_JOINED


def scripted(facts: Mapping[str, Any], words: str) -> dict[str, Any]:
    """What a template reads, ready for the scripts in it.

    Args:
        words: all the words of the facts in one.

    Returns:
        the facts with `scripts`, the languages whose writing needs rules of its own (`parts/scripts.typ`) and
        by what pattern it is found, and every text that begins from the right as an island, so that its
        points stand where they belong.
    """
    patterns = {s.language: _pattern(s.spans) for s in SCRIPTS if s.language}
    found = {each: run.pattern for each, run in patterns.items() if run.search(words)}
    islands = _islands(dict(facts)) if has_right_to_left(words) else dict(facts)
    return {**islands, "scripts": found}


@lru_cache
def _pattern(spans: Sequence[range]) -> re.Pattern[str]:
    """A run of characters of these spans."""
    return re.compile(f"[{''.join(f'{chr(s.start)}-{chr(s.stop - 1)}' for s in spans)}]+")


def _islands(value: Any) -> Any:
    match value:
        case str() if runs_from_the_right(value):
            return f"{_ISOLATE}{value}{_END_OF_ISOLATE}"
        case Mapping():
            return {key: _islands(each) for key, each in value.items()}
        case list() | tuple():
            return [_islands(each) for each in value]
        case _:
            return value
