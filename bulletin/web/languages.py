"""In which language a public page is read: `?lang=` in its address, which its links carry along.

Nothing is guessed from the browser and no cookie is set, so that an address shows everybody the same page, a store
of pages keeps the languages apart, and a link that is sent on opens in the language in which it was read. The desk is Chinese.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from bulletin.domain.languages.language import CHINESE, LANG, Language
from bulletin.domain.languages.sentences import Sentence, say_each
from bulletin.web.request_context import is_of_staff

_IN_CHINESE = Markup(f' lang="{CHINESE.tag}"')  # noqa: S704 - our own words


def install(app: Flask, languages: Iterable[Language] = (CHINESE,)) -> None:
    """Templates say `_("…")` of what a page says itself; a `Sentence` is translated wherever it is shown."""
    app.extensions["languages"] = {language.tag: language for language in languages}
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.globals.update(
        _=_gettext,
        gap=gap,
        gettext=_gettext,
        language=language,
        language_of_content=language_of_content,
        languages=app.extensions["languages"].values(),
    )
    env.finalize = shown
    env.filters["listed"] = say_each_of


def language() -> Language:
    """The language of this request's page."""
    if not has_request_context():
        return CHINESE
    found: Language | None = g.get("language")  # looked up once: a list asks a thousand times
    if found is None:
        known: dict[str, Language] = current_app.extensions["languages"]
        asked = "" if is_of_staff() else request.args.get(LANG, "")
        found = g.language = known.get(asked, CHINESE)
    return found


def gap() -> str:
    """What stands between two sentences: Chinese has no blank there."""
    return "" if language() is CHINESE else " "


def language_of_content() -> Markup:
    """The attribute of what villages wrote, on a page in another language."""
    return Markup("") if language() is CHINESE else _IN_CHINESE


def translated(text: str) -> str:
    """A text in the language of the page."""
    return language().words(text)


def shown(value: Any) -> Any:
    """What a template puts out: sentences in the language of the page, all else as it is."""
    return translated(value) if isinstance(value, Sentence) else value


def say_each_of(parts: Iterable[str], mark: str = "、") -> Sentence:
    return say_each(mark, parts)


@pass_eval_context
def _gettext(context: EvalContext, template: str, /, **facts: Any) -> str:
    """A template's own sentence in the language of the page; facts are escaped, as everywhere in a page."""
    text = language().messages.get(template, template)
    if not facts:
        return _said_alone(text, context.autoescape)
    said = {name: shown(fact) for name, fact in facts.items()}
    return (Markup(text) if context.autoescape else text) % said  # noqa: S704 - our own words


@lru_cache(4096)
def _said_alone(text: str, autoescape: bool) -> str:
    """A label: pages of a list say the same ones again and again."""
    return (Markup(text) if autoescape else text) % {}  # noqa: S704 - our own words
