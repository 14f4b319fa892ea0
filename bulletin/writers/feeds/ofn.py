"""The one kept standard for official boards: OFN Úřední desky, 2021-07-20, as JSON-LD.

https://ofn.gov.cz/úřední-desky/2021-07-20/: its keys are Czech. A text must have `cs` or `en`; a
body from elsewhere is a `Zahraniční osoba`, as only Czech ones have an `ičo`. Unknown keys are
allowed: ours stand together under `bulletin`.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

from bulletin.domain.open_data.feeds import (
    BoardFeed,
    BoardKind,
    BoardRecord,
    FeedForm,
    ReportRecord,
)

CONTEXT = "https://ofn.gov.cz/úřední-desky/2021-07-20/kontexty/úřední-deska.jsonld"
CHINA = "http://publications.europa.eu/resource/authority/country/CHN"
PDF = "http://www.iana.org/assignments/media-types/application/pdf"
OURS = "bulletin"  # the key of what the standard has no word for
_ENGLISH_BOARD = {
    BoardKind.VILLAGE: "Disclosure board of the village",
    BoardKind.TOWNSHIP: "Disclosure board of the township",
    BoardKind.COUNTY: "Disclosure boards of the county",
}


def ofn_json(feed: BoardFeed) -> bytes:
    """The board as one JSON-LD document, UTF-8."""
    board = {
        "@context": CONTEXT,
        "typ": "Úřední deska",
        "iri": feed.url(FeedForm.OFN),
        "název": _text(feed.title, f"{_ENGLISH_BOARD[feed.kind]} {feed.place}"),
        "stránka": feed.page,
        "provozovatel": {
            "typ": "Zahraniční osoba",
            "název": _text(feed.publisher, f"{feed.publisher} (China)"),
            "stát_registrace": CHINA,
        },
        "aktualizováno": _moment(feed.changed_at),
        "informace": [_record(record) for record in feed.records],
        OURS: {
            "kind": feed.kind.value,
            "place": feed.place,
            "code": feed.code,
            "parts": [f"{part}.{FeedForm.OFN.value}" for part in feed.parts],
            # What hangs on no board is no information of one.
            "reports": [_report(report) for report in feed.reports],
        },
    }
    return json.dumps(board, ensure_ascii=False, indent=1).encode()


def _record(record: BoardRecord) -> dict[str, Any]:
    english = f"Notice about {record.subject_code}, no. {record.number}"
    item: dict[str, Any] = {
        "typ": ["Digitální objekt", "Informace na úřední desce"],
        "iri": record.url,
        "url": record.url,
        "název": _text(record.title, english),
        "číslo_jednací": record.number,
        "revize": str(record.edition),
        "vytvořeno": _moment(record.published_at),
        "aktualizováno": _moment(record.changed_at),
        "vyvěšení": _day(record.opens_on),
        "relevantní_do": _day(record.closes_on),
        "agenda": [{"typ": "Agenda", "název": _text(record.subject, record.subject_code)}],
        OURS: _ours(record),
    }
    if record.paper:
        name = _text("公开栏上的打印件", "The sheet as it hangs on the board")
        item["dokument"] = [
            {"typ": "Digitální objekt", "název": name, "url": record.paper, "typ_média": PDF}
        ]
    return item


def _ours(record: BoardRecord) -> dict[str, Any]:
    removed = record.removed_on
    return {
        "code": record.code,
        "edition": record.edition,
        "place": record.place,
        "place_code": record.place_code,
        "publishers": list(record.publishers),
        "fingerprint": record.fingerprint,
        "personal": record.personal,
        "removed_on": removed.isoformat() if removed else None,
    }


def _report(report: ReportRecord) -> dict[str, Any]:
    english = f"Annual report of {report.year} on the disclosure of government information"
    return {
        "url": report.url,
        "title": _text(report.title, english),
        "year": report.year,
        "edition": report.edition,
        "place": report.place,
        "place_code": report.place_code,
        "issued": _moment(report.published_at),
        "changed": _moment(report.changed_at),
        "digest": report.digest,
        "files": [{"url": url, "media_type": media_type} for url, media_type in report.files],
    }


def _text(chinese: str, english: str) -> dict[str, str]:
    return {"zh": chinese, "en": english}


def _day(day: date) -> dict[str, str]:
    return {"typ": "Časový okamžik", "datum": day.isoformat()}


def _moment(at: datetime) -> dict[str, str]:
    return {
        "typ": "Časový okamžik",
        "datum_a_čas": at.astimezone(UTC).isoformat(timespec="seconds"),
    }
