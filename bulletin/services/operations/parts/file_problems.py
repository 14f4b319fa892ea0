"""What is wrong with the files: whether they can be written and read, stay whole, and belong to a record."""

import secrets
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.services.operations.clear_stray_files import stray_files
from bulletin.services.operations.parts.health_problem import HealthProblem
from bulletin.services.site import Site

SAMPLE_BYTES = 64


def problems_of_files(site: Site, session: Session, now: datetime) -> Iterator[HealthProblem]:
    """Writes, reads and removes something small, wherever the files lie."""
    try:
        _try_out(site)
        keeps_versions = site.files.keeps_versions
        stray = stray_files(site, session, now)
    except OSError as error:
        yield HealthProblem.of(error) or HealthProblem(
            f"files cannot be kept in {site.files.where}: {error.strerror or error}",
            "give it to the user that runs bulletin",
        )
        return
    if site.moving:
        yield HealthProblem(
            f"files are on their way from {site.moving.former.where} to {site.files.where}",
            "run `bulletin files move`; when it says that nothing is left, take former_files "
            "(BULLETIN_FORMER_FILES) out",
            grave=False,
        )
    if keeps_versions:
        yield HealthProblem(
            f"{site.files.where} keeps versions: what is removed for good stays readable there",
            "switch versioning off in the bucket, and delete the versions it has kept",
        )
    if stray.count:
        yield HealthProblem(
            f"{stray.count} files ({stray.size // 1024:,} KB) belong to no record: a crash left them",
            "nothing to do: the daily backup's round clears them a week after they were written",
            grave=False,
        )
    if stray.removed:
        yield HealthProblem(
            f"{stray.removed} files that were removed still lie in {site.files.where}",
            "nothing to do while the clock runs: its daily round destroys them; at once: `bulletin tick`",
            grave=False,
        )


def _try_out(site: Site) -> None:
    digest = site.files.put(secrets.token_bytes(SAMPLE_BYTES))
    site.files.get(digest)
    site.files.destroy(digest)
