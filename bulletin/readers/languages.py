"""Catalogs of translations (gettext's .po files), read as they are: nothing has to be compiled."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from bulletin.domain.errors import Misconfigured
from bulletin.domain.languages.language import CHINESE, OWN_NAME, Language

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")  # en, ug, mn-Mong, en-GB
_MARK = re.compile(r'<[^<>]*>|&#?\w+;|[<>&"]')  # of HTML, also what ends an attribute
_FACT = re.compile(r"%\((\w+)\)s|%%")


def read_languages(folders: Iterable[Path]) -> tuple[Language, ...]:
    """Every language that has a file `TAG.po`, Chinese first.

    Args:
        folders: ours, then the office's own: what a later file says comes before the earlier one of the
            same language. A folder need not exist.

    Raises:
        Misconfigured: a file is no catalog, or a translation in it would break a page; with file and line.
    """
    found: dict[str, Language] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.po")):
            language = read_language(file)
            known = found.get(language.tag, language)
            found[language.tag] = replace(
                language, messages={**known.messages, **language.messages}
            )
    return (CHINESE, *found.values())


def read_language(file: Path) -> Language:
    """The language of one file; what is not translated yet, or marked as fuzzy, is left out.

    Raises:
        Misconfigured: see `read_languages`.
    """
    tag = file.stem
    if not _TAG.fullmatch(tag) or tag == CHINESE.tag:
        raise Misconfigured(
            f"{file}: name it after its language, such as bo.po, ug.po or mn-Mong.po"
        )
    messages = {str(message.id): str(message.string) for message in _translated(file)}
    name = messages.get(OWN_NAME)
    if name is None:
        raise Misconfigured(
            f'{file}: translate msgid "{OWN_NAME}" with what the language calls itself'
        )
    from_the_right = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in name)
    return Language(tag, name, messages, from_the_right)


def _translated(file: Path) -> Iterator[Message]:
    try:
        with file.open("rb") as source:
            catalog = read_po(source, ignore_obsolete=True, abort_invalid=True)
    except PoFileError as error:
        raise Misconfigured(f"{file}: line {error.lineno + 1}: {error.args[0]}") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise Misconfigured(f"{file}: not a catalog of translations in UTF-8: {error}") from error
    for message in catalog:
        if message.id and message.string and not message.fuzzy:
            _ensure_same_facts(file, message)
            _ensure_no_marks(file, message)
            yield message


def _ensure_same_facts(file: Path, message: Message) -> None:
    """A sentence says the same facts in every language."""
    source, translated = str(message.id), str(message.string)
    named, said = (sorted(set(_FACT.findall(text)) - {""}) for text in (source, translated))
    if named != said or "%" in _FACT.sub("", translated):
        raise Misconfigured(
            f"{file}: line {message.lineno}: the translation of {source!r} must have the same "
            f"%(…)s as the original: {', '.join(named) or 'none'}"
        )


def _ensure_no_marks(file: Path, message: Message) -> None:
    """A page takes a sentence as it stands: what a translator writes into it must be no part of the page."""
    source, translated = str(message.id), str(message.string)
    if own := Counter(_MARK.findall(translated)) - Counter(_MARK.findall(source)):
        raise Misconfigured(
            f"{file}: line {message.lineno}: the translation of {source!r} may not bring marks of its "
            f"own: {' '.join(sorted(own))} (for quotation marks write “ ”)"
        )
