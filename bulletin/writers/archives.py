"""Office files as bytes that depend on what they say alone."""

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")


def without_moment(archive: bytes) -> bytes:
    """An office file without the moment at which it was written, which every library puts in it.

    The same content gives the same bytes: a phone, and a copy of the site, take only what changed.
    """
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MOMENT.sub(b">2000-01-01T00:00:00Z<", data)
            target.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return buffer.getvalue()
