"""The editor's modules as one script: on a village's network one short answer arrives sooner than twenty.

`static/editor/*.js` stay as they are written, and run as they are; here they are joined in the order of their
imports and lose what only people read: comments, blanks, the long names of functions.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from string import ascii_letters

from flask import Blueprint, Response, current_app, request

from bulletin.web.guard import public

bp = Blueprint("editor_script", __name__)

ENTRY = "editor.js"
MAX_AGE = 365 * 24 * 3600  # seconds; its address changes with its text
_IMPORT = re.compile(r'^import \{[^}]+\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_DECLARED = re.compile(
    r"(?:^ +|[({] ?|; )(?:const|let|function|async function) (\w\w+)", re.MULTILINE
)
_OF_THE_BROWSER = frozenset(
    {
        "close",
        "event",
        "find",
        "focus",
        "history",
        "name",
        "open",
        "origin",
        "parent",
        "print",
        "screen",
    }
    | {"scroll", "self", "status", "stop", "top"}
)  # which a module may mean that declares nothing by that name
# What a reader of JavaScript tells apart: strings, templates, comments, names, blanks, signs.
_TOKEN = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)
    |(?P<remark>//[^\n]*|/\*.*?\*/)
    |(?P<blank>\s+)
    |(?P<word>[\w$]+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_PATTERN = re.compile(r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[\n])+/[a-z]*")
_BEFORE_PATTERN = frozenset("(,=:[!&|?{};+>") | {
    "return",
    "",
}  # a slash after these divides nothing
_WORD = re.compile(r"[\w$]+")
_IN_TEMPLATE = re.compile(r"\$\{([^}]*)\}")
_SHORT_KEYWORDS = frozenset({"do", "if", "in"})
_LAST_OF = {")": ",", "]": ",", "}": ",;"}  # signs that say nothing before a closing bracket


@bp.get("/editor.<version>.js")
@public
def script(version: str) -> Response:  # noqa: ARG001 - tells one release's script from the next's
    """The whole editor."""
    response = Response(editor_script(_folder()), mimetype="text/javascript")
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    response.add_etag()
    response.make_conditional(request)
    return response


def script_version() -> str:
    """Changes with any of the modules."""
    return sha256(editor_script(_folder()).encode()).hexdigest()[:12]


def _folder() -> Path:
    return Path(current_app.static_folder or "") / "editor"


@cache
def editor_script(folder: Path) -> str:
    """All modules that the editor imports, in one scope, those that are needed first.

    Raises:
        ValueError: two modules give one name to two things.
    """
    modules: dict[str, str] = {}
    _collect(folder, ENTRY, modules, set())
    names = [name for source in modules.values() for name in _TOP_LEVEL.findall(source)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"named in two modules of the editor: {', '.join(twice)}")
    bare = (_EXPORT.sub("", _IMPORT.sub("", source)) for source in modules.values())
    pieces = [piece for source in bare for piece in _tokens(source)]
    own = [name for source in modules.values() for name in _DECLARED.findall(source)]
    return _joined(_renamed(pieces, [*names, *dict.fromkeys(own)]))


def _collect(folder: Path, name: str, modules: dict[str, str], seen: set[str]) -> None:
    """A module after what it needs; two that need each other do so only when they run."""
    seen.add(name)
    source = (folder / name).read_text("utf-8")
    for needed in _IMPORT.findall(source):
        if needed not in seen:
            _collect(folder, needed, modules, seen)
    modules[name] = source


def _tokens(source: str) -> Iterator[str]:
    """The pieces of a module without its comments; all blanks between two of them are one."""
    place, last = 0, ""
    while place < len(source):
        pattern = _PATTERN.match(source, place) if last in _BEFORE_PATTERN else None
        match = pattern or next(_TOKEN.finditer(source, place))
        place = match.end()
        if pattern is None and match.lastgroup in {"blank", "remark"}:
            yield " "
            continue
        last = match[0]
        yield last


def _renamed(pieces: Sequence[str], names: Sequence[str]) -> list[str]:
    """Short names for what the modules declare, but for those that are also the name of a property."""
    written = [piece for piece in pieces if piece != " "]
    properties = {name for sign, name in pairwise(written) if sign == "."}
    properties |= {name for name, sign in pairwise(written) if sign == ":"}
    properties |= {word for text in written if text[0] in "\"'" for word in _WORD.findall(text)}
    properties |= _OF_THE_BROWSER | {
        name
        for before, name, after in zip(written, written[1:], written[2:], strict=False)
        if before in "{," and after in ",}=" and name.islower()
    }  # { target } of an event, and what stands in such a place
    own = {name for name in names if name not in properties}
    used = Counter(word for piece in written for word in _WORD.findall(piece))
    commonest = sorted(own, key=lambda name: (-used[name], name))
    short = dict(zip(commonest, _short_names(used), strict=False))

    def inside(match: re.Match[str]) -> str:
        return _WORD.sub(lambda word: short.get(word[0], word[0]), match[0])

    return [
        _IN_TEMPLATE.sub(inside, piece) if piece.startswith("`") else short.get(piece, piece)
        for piece in pieces
    ]


def _short_names(taken: Collection[str]) -> Iterator[str]:
    """a, b, … aa, ab, … without those that something is called already."""
    for length in (1, 2):
        for letters in product(ascii_letters, repeat=length):
            name = "".join(letters)
            if name not in taken and name not in _SHORT_KEYWORDS:
                yield name


def _joined(pieces: Sequence[str]) -> str:
    """A blank stays only between two words, and between signs that would become another sign."""
    out: list[str] = []
    waiting = False
    for piece in pieces:
        if piece == " ":
            waiting = True
            continue
        if waiting and out and _must_part(out[-1][-1], piece[0]):
            out.append(" ")
        if out and out[-1] in _LAST_OF.get(piece, ()):
            out.pop()  # after the last of several lines, or acts
        out.append(piece)
        waiting = False
    return "".join(out)


def _must_part(before: str, after: str) -> bool:
    both_words = (before.isalnum() or before in "_$") and (after.isalnum() or after in "_$")
    return both_words or (before == after and before in "+-")
