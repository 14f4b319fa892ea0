"""Files as answers: tables, PDFs and attachments under the name that people will see, asked for again."""

from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import quote

from flask import Response, request, send_file

from bulletin.domain.formats import TableFormat, short_name

TABLE_TYPES: dict[TableFormat, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


def file_response(data: bytes, media_type: str, name: str, *, inline: bool = False) -> Response:
    """A file to be saved under `name`, as far as a disk takes it; inline: to be opened in the browser."""
    response = Response(data, mimetype=media_type)
    disposition = "inline" if inline else "attachment"
    short = short_name(name)
    # The second name is for readers that know ASCII only: what matters there is the ending.
    plain = f"file{PurePosixPath(short).suffix}".encode("ascii", "ignore").decode().replace('"', "")
    response.headers["Content-Disposition"] = (
        f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(short, safe='')}"
    )
    return response


def shown_file(data: bytes, media_type: str, name: str) -> Response:
    """A file that opens in the browser."""
    return file_response(data, media_type, name, inline=True)


def attached_file(data: bytes, media_type: str, name: str) -> Response:
    """A file of a notice: pictures open in the browser, all else is saved."""
    return file_response(data, media_type, name, inline=media_type.startswith("image/"))


def table_response(data: bytes, form: TableFormat, name: str) -> Response:
    return file_response(data, TABLE_TYPES[form], name)


def pdf_response(pdf: bytes, name: str) -> Response:
    return send_file(BytesIO(pdf), "application/pdf", download_name=name)


def picture_response(picture: bytes, media_type: str, name: str | None = None) -> Response:
    return send_file(BytesIO(picture), media_type, download_name=name)


def revalidated(response: Response) -> Response:
    """The phone may store it, but asks each time whether it is still valid."""
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
