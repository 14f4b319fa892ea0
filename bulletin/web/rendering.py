"""How values become words on a page: the filters and globals of every template.

A resident's page works without script and cookies, so the larger type travels in the address
(`?big=1`) and `link` and `with_big` carry it along.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _

from bulletin.domain import labels
from bulletin.domain.amounts import prose_words
from bulletin.domain.codes import digits_words
from bulletin.domain.days import day_words, instant_words, village_day, village_time, weekday_words
from bulletin.domain.notices.content import SALUTATION, SUMMARY_TITLE, cell_words
from bulletin.services.notices.detail import FileLink
from bulletin.services.notices.drafts.draft import MAX_UPLOAD
from bulletin.web.device_words import on_this_device
from bulletin.web.large_requests import TOO_LARGE
from bulletin.web.table_shape import table_shape
from bulletin.web.whole_words import whole_words

BIG = "big"
KILOBYTE = 1024  # bytes


def install(app: Flask) -> None:
    """Add the filters and globals to an application's templates.

    The application brings Flask-Babel for `_` and `{% trans %}`. Lines that hold nothing but
    a block leave no blank line behind, which keeps a long ledger under the weight it may have.
    """
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        cell_words=lambda cell, kind: cell_words(kind, cell),
        day=village_day,
        day_words=day_words,
        digits_words=digits_words,
        file_of=file_of,
        instant_words=instant_words,
        kind_words=kind_words,
        on_this_device=on_this_device,
        prose_words=prose_words,
        recent_words=recent_words,
        size_words=size_words,
        table_shape=table_shape,
        tel_url=tel_url,
        weekday_words=weekday_words,
        whole_words=whole_words,
        with_big=with_big,
    )
    app.jinja_env.globals.update(
        SUMMARY_TITLE=SUMMARY_TITLE,
        MAX_UPLOAD=MAX_UPLOAD,
        SALUTATION=SALUTATION,
        TOO_LARGE=TOO_LARGE,
        copied=None,
        is_big=is_big,
        link=link,
        other_size_url=other_size_url,
        page_address=page_address,
    )


# --- words -------------------------------------------------------------------------------------


def labels_of(kind: type[labels.Member]) -> dict[labels.Member, str]:
    """Every member of an enumeration with its word, in the language of the page."""
    return {member: _(word) for member, word in labels.labels_of(kind).items()}


def recent_words(at: datetime, now: datetime) -> str:
    """An instant of today as 10:05; an earlier one with its day: 10月9日 10:05."""
    local = village_time(at)
    if local.date() == village_day(now):
        return f"{local:%H:%M}"
    return f"{day_words(local.date(), since=village_day(now))} {local:%H:%M}"


def size_words(size: int) -> str:
    """A size in bytes as a phone shows it: 356 KB, 1.2 MB (1 KB = 1024 bytes, never less than 1)."""
    kilobytes = max(1, round(size / KILOBYTE))
    return f"{kilobytes} KB" if kilobytes < KILOBYTE else f"{size / KILOBYTE**2:.1f} MB"


def kind_words(name: str) -> str:
    """What kind of file a name promises, for someone who must decide whether to open it."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    words: str
    match ending:
        case "xls" | "xlsx" | "et" | "csv":
            words = _("Excel表格")
        case "doc" | "docx" | "wps":
            words = _("Word文档")
        case "jpg" | "jpeg" | "png" | "webp":
            words = _("图片")
        case "":
            words = _("文件")
        case _other:
            words = _("%(ending)s文件", ending=ending.upper())
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


# --- the larger type ---------------------------------------------------------------------------


def is_big() -> bool:
    return request.args.get(BIG) == "1"


def with_big(url: str) -> str:
    """An address of ours that keeps the type size the reader chose."""
    if not url or not is_big():
        return url
    parts = urlsplit(url)
    query = f"{parts.query}&{BIG}=1" if parts.query else f"{BIG}=1"
    return urlunsplit(parts._replace(query=query))


def link(endpoint: str, **values: Any) -> str:
    return with_big(url_for(endpoint, **values))


def other_size_url() -> str:
    """This very page in the other type size."""
    others = {name: value for name, value in request.args.items() if name != BIG}
    query = urlencode(others if is_big() else {**others, BIG: "1"})
    return f"{request.path}?{query}" if query else request.path


def page_address(url: str = "") -> str:
    """What one types to see a page again, as paper has it: without https://.

    Args:
        url: of the page that residents read; '' means this very page.
    """
    copied: Any = current_app.jinja_env.globals["copied"]
    here = f"{copied.live or ''}{request.path}" if copied else request.base_url
    return (url or here).partition("://")[2] or url or here
