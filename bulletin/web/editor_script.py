"""All scripts of the page on which a draft is written, as one: on a village's network one answer is there first.

`static/editor/*.js` stay as they are written, and run as they are; here they are joined in the order of their
imports, and lose what only people read: comments, blanks, long names.
"""

import re
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, current_app

from bulletin.web.guard import public
from bulletin.web.joined_files import Written, files_in, joined_response, version_of

bp = Blueprint("editor_script", __name__)

ENTRY = "editor.js"
_IMPORT = re.compile(r'^import (?:\{[^}]+\} from )?"(\.[\w./]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


@bp.get("/editor.<version>.js")
@public
def script(version: str) -> Response:
    """The whole editor."""
    return joined_response(editor_script(_folder()), "text/javascript", version)


def script_version() -> str:
    """Changes with any of the modules."""
    return version_of(editor_script(_folder()))


def _folder() -> Path:
    return Path(current_app.static_folder or "") / "editor"


def editor_script(folder: Path) -> str:
    """All modules that the editor imports, in one scope, those that are needed first.

    Raises:
        ValueError: two modules give one name to two things.
    """
    return _script(folder / ENTRY, files_in(folder, ".js"))


@lru_cache(1)
def _script(entry: Path, _written: Written) -> str:
    import minify  # noqa: PLC0415 - brings a runtime of its own along, which only the web needs

    modules: dict[Path, str] = {}
    _collect(entry, modules, set())
    shared = [source for source in modules.values() if _EXPORT.search(source)]
    names = [name for source in shared for name in _TOP_LEVEL.findall(source)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"named in two modules of the editor: {', '.join(twice)}")
    joined = "".join(map(_bare, modules.values()))
    minified: str = minify.string("application/javascript", f"(() => {{{joined}}})();")
    return minified


def _collect(module: Path, modules: dict[Path, str], seen: set[Path]) -> None:
    """A module after what it needs; two that need each other do so only when they run."""
    seen.add(module)
    source = module.read_text("utf-8")
    for needed in _IMPORT.findall(source):
        path = (module.parent / needed).resolve()
        if path not in seen:
            _collect(path, modules, seen)
    modules[module] = source


def _bare(source: str) -> str:
    """A module for the common scope; what gives nothing to others keeps its names to itself."""
    bare = _EXPORT.sub("", _IMPORT.sub("", source))
    return bare if bare != _IMPORT.sub("", source) else f"{{{bare}}}"
