"""How values become words on a page: the filters and globals of every template.

A resident's page works without script and cookies, so the larger type and the language travel in the
address (`?big=1&lang=en`) and `link` and `with_big` carry them along.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from flask import Flask, current_app, request, url_for

from bulletin.domain import labels
from bulletin.domain.amounts import plain_number, prose_words
from bulletin.domain.codes import digits_words
from bulletin.domain.days import day_words, instant_words, village_day, village_time, weekday_words
from bulletin.domain.deadlines.posting_period import days_words
from bulletin.domain.languages.language import CHINESE, LANG, Language
from bulletin.domain.languages.sentences import Sentence, say
from bulletin.domain.notices.content import SALUTATION, SUMMARY_TITLE, cell_words
from bulletin.domain.oversight.annual_report.printed_tables import scope_of
from bulletin.services.notices.detail import FileLink
from bulletin.services.received_file import MAX_UPLOAD
from bulletin.web.coverage_tones import TONES
from bulletin.web.device_words import on_this_device
from bulletin.web.languages import language, translated
from bulletin.web.large_requests import TOO_LARGE
from bulletin.web.style_sheets import style_sheet
from bulletin.web.table_shape import table_shape
from bulletin.web.whole_words import whole_words

BIG = "big"
KILOBYTE = 1024  # bytes
DRAWN = " /:="  # of a drawing: what stands for itself in an address, beside letters and digits


def install(app: Flask) -> None:
    """Add the filters and globals to an application's templates.

    Lines that hold nothing but a block leave no blank line behind, which keeps a long ledger under
    the weight it may have.
    """
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(_filters())
    app.jinja_env.globals.update(_globals())
    app.jinja_env.globals["icon"] = _within(Path(app.static_folder or "", "favicon.svg"))


def _within(drawing: Path) -> str:
    """A small drawing as an address that holds it: on a village's network a request of its own takes a second."""
    return f"data:image/svg+xml,{quote(drawing.read_text('utf-8').strip(), safe=DRAWN)}"


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "coverage_tone": TONES.__getitem__,
        "cell_words": lambda cell, kind: cell_words(kind, cell),
        "day": village_day,
        "day_words": day_words,
        "days_words": days_words,
        "digits_words": digits_words,
        "file_of": file_of,
        "instant_words": instant_words,
        "kind_words": kind_words,
        "on_this_device": on_this_device,
        "plain_number": plain_number,
        "prose_words": prose_words,
        "recent_words": recent_words,
        "size_words": size_words,
        "style_sheet": style_sheet,
        "table_shape": table_shape,
        "scope_of": scope_of,
        "tel_url": tel_url,
        "weekday_words": weekday_words,
        "whole_words": whole_words,
        "with_big": with_big,
    }


def _globals() -> dict[str, Any]:
    return {
        "SUMMARY_TITLE": SUMMARY_TITLE,
        "MAX_UPLOAD": MAX_UPLOAD,
        "SALUTATION": SALUTATION,
        "TOO_LARGE": TOO_LARGE,
        "chosen": chosen,
        "feed_url": feed_url,
        "copied": None,
        "is_big": is_big,
        "link": link,
        "other_languages": other_languages,
        "other_size_url": other_size_url,
        "page_address": page_address,
    }


# --- words -------------------------------------------------------------------------------------


def labels_of(kind: type[labels.Member]) -> dict[labels.Member, str]:
    """Every member of an enumeration with its word, in the language of the page."""
    return {member: translated(word) for member, word in labels.labels_of(kind).items()}


def recent_words(at: datetime, now: datetime) -> str:
    """An instant of today as 10:05; an earlier one with its day: 10月9日 10:05."""
    local = village_time(at)
    if local.date() == village_day(now):
        return f"{local:%H:%M}"
    day = day_words(local.date(), since=village_day(now))
    return say("%(day)s %(time)s", day=day, time=f"{local:%H:%M}")


def size_words(size: int) -> str:
    """A size in bytes as a phone shows it: 356 KB, 1.2 MB (1 KB = 1024 bytes, never less than 1)."""
    kilobytes = max(1, round(size / KILOBYTE))
    return f"{kilobytes} KB" if kilobytes < KILOBYTE else f"{size / KILOBYTE**2:.1f} MB"


def kind_words(name: str) -> Sentence:
    """What kind of file a name promises, for someone who must decide whether to open it."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    match ending:
        case "xls" | "xlsx" | "et" | "csv":
            words = say("Excel表格")
        case "doc" | "docx" | "wps":
            words = say("Word文档")
        case "jpg" | "jpeg" | "png" | "webp":
            words = say("图片")
        case "":
            words = say("文件")
        case _other:
            words = say("%(ending)s文件", ending=ending.upper())
    return words


def tel_url(phone: str) -> str:
    """The address that makes a phone dial; an extension after 转 follows as a pause."""
    number, _sign, extension = phone.partition("转")
    digits = "".join(char for char in number if char.isdecimal() or char == "+")
    pause = "".join(char for char in extension if char.isdecimal())
    return f"tel:{digits},{pause}" if pause else f"tel:{digits}"


def file_of(files: Sequence[FileLink], digest: str) -> FileLink | None:
    """The link to a picture or attachment of the content; None when its bytes are gone."""
    return next((link for link in files if link.file == digest), None)


# --- what a reader chose: larger type, another language ---------------------------------------


def is_big() -> bool:
    return request.args.get(BIG) == "1"


def chosen() -> dict[str, str]:
    """What the reader chose, as it stands in an address; for the hidden fields of a form, too."""
    big = {BIG: "1"} if is_big() else {}
    return big if language() is CHINESE else {**big, LANG: language().tag}


def with_big(url: str) -> str:
    """An address of ours that keeps what the reader chose."""
    return _with(url, chosen()) if url else url


def _with(url: str, choices: Mapping[str, str]) -> str:
    """In the plain-file copy a language is a folder: no file is found by what follows a question mark."""
    if not choices:
        return url
    parts = urlsplit(url)
    if _copied() and not parts.netloc:
        folder = f"/{choices[LANG]}" if LANG in choices else ""
        return urlunsplit(parts._replace(path=f"{folder}{parts.path}"))
    query = "&".join(filter(None, (parts.query, urlencode(choices))))
    return urlunsplit(parts._replace(query=query))


def link(endpoint: str, **values: Any) -> str:
    return with_big(url_for(endpoint, **values))


def feed_url(url: str) -> str:
    """A feed or calendar in the language of the page. In a plain-file copy there is one for all."""
    return url if _copied() else language().address(url)


def other_size_url() -> str:
    """This very page in the other type size."""
    return _with(_here(), {**chosen(), BIG: "1"} if not is_big() else _but(BIG))


def other_languages() -> tuple[tuple[Language, str], ...]:
    """The other languages in which this very page can be read, each with its address there."""
    known: Collection[Language] = current_app.extensions["languages"].values()
    return tuple((each, _with(_here(), _in(each))) for each in known if each != language())


def _in(other: Language) -> dict[str, str]:
    return _but(LANG) if other is CHINESE else {**chosen(), LANG: other.tag}


def _but(name: str) -> dict[str, str]:
    return {key: value for key, value in chosen().items() if key != name}


def _copied() -> Any:
    """What the pages of a plain-file copy say about it; None on the live site."""
    return current_app.jinja_env.globals["copied"]


def _here() -> str:
    """The address of this page without what the reader chose."""
    if _copied() and request.endpoint == "public.no_code":
        return "/"  # of a copy this page is shown for whatever it has not
    others = [pair for pair in request.args.items(multi=True) if pair[0] not in {BIG, LANG}]
    return f"{request.path}?{urlencode(others)}" if others else request.path


def page_address(url: str = "") -> str:
    """What one types to see a page again, as paper has it: without https://.

    Args:
        url: of the page that residents read; '' means this very page.
    """
    copied = _copied()
    here = f"{copied.live or copied.address}{request.path}" if copied else request.base_url
    return (url or here).partition("://")[2] or url or here
