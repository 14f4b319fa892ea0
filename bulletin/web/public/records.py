"""What a place has to disclose and what became of it: its catalog, its record, its matters and meetings."""

from flask import Blueprint, Response, render_template

from bulletin.domain.catalog.items import Group, Openness, PublisherKind
from bulletin.domain.formats import TableFormat
from bulletin.services.attributes.kept_back import kept_back
from bulletin.services.catalog import tables
from bulletin.services.public.records import (
    attestations,
    comparison,
    matters,
    meetings,
    record,
    reports,
)
from bulletin.services.public.records.values import ComparisonPage, RecordPage
from bulletin.web.downloads import attached_file, revalidated, shown_file, table_response
from bulletin.web.guard import public
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import now, site
from bulletin.web.stored_pages import stored

bp = Blueprint("records", __name__)
_KEPT = "any(docx, pdf):ending"  # of an issued report


@bp.get("/V/<code>/CATALOG")  # as codes on paper have it
@bp.get("/V/<code>/catalog")
@public
@stored
def catalog(code: str) -> str:
    """What a village must disclose, by when, and what became of it last."""
    return render_template(
        "public/catalog.html",
        page=tables.catalog_page(site(), code, now()),
        latest=record.latest(site(), code, now()),
        kept_back=kept_back(site(), code),
        groups=labels_of(Group),
        now=now(),
    )


@bp.get("/V/<code>/catalog.<any(xlsx, csv):form>")
@public
def catalog_file(code: str, form: TableFormat) -> Response:
    """The same as a table, in the columns of the ministries."""
    name, data = tables.catalog_file(site(), code, form, now())
    return revalidated(table_response(data, form, name))


@bp.get("/V/<code>/catalog/<item>")
@public
@stored
def item(code: str, item: str) -> str:
    """One item of the catalog, with each time that it was owed."""
    return render_template(
        "public/item.html",
        page=record.item_page(site(), code, item, now()),
        publishers=labels_of(PublisherKind),
        openness=labels_of(Openness),
        now=now(),
    )


@bp.get("/V/<code>/coverage")
@public
@stored
def of_place(code: str) -> str:
    """What fell due at a place in the year that is spoken of."""
    return _record(record.record_page(site(), code, now()))


@bp.get("/V/<code>/coverage/<int:year>")
@bp.get("/V/<code>/coverage/<int:year>/<int:number>")
@public
@stored
def of_year(code: str, year: int, number: int = 1) -> str:
    """The same of any year, and its further pages."""
    return _record(record.record_page(site(), code, now(), year=year, number=number))


def _record(page: RecordPage) -> str:
    return render_template("public/record.html", page=page, now=now())


@bp.get("/V/<code>/matters")
@bp.get("/V/<code>/matters/<int:number>")
@public
@stored
def matters_of(code: str, number: int = 1) -> str:
    """The matters of a place, each from before to after."""
    page = matters.matters_page(site(), code, now(), number)
    return render_template("public/matters.html", page=page, now=now())


@bp.get("/V/<code>/meetings")
@bp.get("/V/<code>/meetings/<int:number>")
@public
@stored
def meetings_of(code: str, number: int = 1) -> str:
    """The meetings of a village and what they decided."""
    page = meetings.meetings_page(site(), code, now(), number)
    return render_template("public/meetings.html", page=page, now=now())


@bp.get("/V/<code>/inspections")
@bp.get("/V/<code>/inspections/<int:number>")
@public
@stored
def attestations_of(code: str, number: int = 1) -> str:
    """How a village stood when the township inspected it, with every criterion."""
    page = attestations.attestations_page(site(), code, now(), number)
    return render_template("public/attestations.html", page=page, now=now())


@bp.get("/report/<int:year>", defaults={"code": ""})
@bp.get("/T/<code>/report/<int:year>")
@public
@stored
def report_of(code: str, year: int) -> str:
    """The annual report of a township (without a code: of the county) as it was issued, with its tables."""
    page = reports.report_page(site(), code, year, now())
    return render_template("public/report.html", page=page, now=now())


@bp.get(f"/report/<int:year>.<{_KEPT}>", defaults={"code": ""})
@bp.get(f"/report/<int:year>/<int:number>.<{_KEPT}>", defaults={"code": ""})
@bp.get(f"/T/<code>/report/<int:year>.<{_KEPT}>")
@bp.get(f"/T/<code>/report/<int:year>/<int:number>.<{_KEPT}>")
@public
def report_file(code: str, year: int, ending: str, number: int | None = None) -> Response:
    """The same as it was kept on the day on which it was issued; with the number of an edition, of that one."""
    file = reports.report_file(site(), code, year, f".{ending}", now(), number=number)
    answer = shown_file if ending == "pdf" else attached_file
    return revalidated(answer(file.data, file.media_type, file.name))


@bp.get("/T/<code>/coverage")
@bp.get("/T/<code>/coverage/<int:year>")
@bp.get("/T/<code>/coverage/<int:year>/<int:number>")
@public
@stored
def of_township(code: str, year: int | None = None, number: int = 1) -> str:
    """The villages of a township side by side, the least timely first."""
    return _comparison(comparison.comparison_page(site(), code, now(), year=year, number=number))


@bp.get("/coverage")
@bp.get("/coverage/<int:year>")
@bp.get("/coverage/<int:year>/<int:number>")
@public
@stored
def of_site(year: int | None = None, number: int = 1) -> str:
    """The same of all villages of a county."""
    return _comparison(comparison.comparison_page(site(), None, now(), year=year, number=number))


def _comparison(page: ComparisonPage) -> str:
    return render_template("public/comparison.html", page=page, now=now())
