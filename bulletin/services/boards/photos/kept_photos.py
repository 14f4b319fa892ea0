"""Photographs of boards as they are kept."""

from bulletin.services.site import Site
from bulletin.sheets.photos import normalised


def kept_photo(site: Site, photo: bytes | None) -> str | None:
    """The SHA-256 under which a photograph is kept, straightened and without its place; None for none."""
    if not photo:
        return None
    data, _ = normalised(photo)
    return site.files.put(data)
