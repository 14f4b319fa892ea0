"""A file ends as what it is."""

import pytest

from bulletin.domain.formats import with_ending
from bulletin.readers.file_types import FileType

XLSX = FileType.XLSX.value


@pytest.mark.parametrize(
    ("name", "media_type", "shown"),
    [
        ("收支明细.xlsx", XLSX, "收支明细.xlsx"),
        ("收支明细.XLSX", XLSX, "收支明细.XLSX"),
        ("收支明细", XLSX, "收支明细.xlsx"),
        ("第3.季度", XLSX, "第3.季度.xlsx"),
        ("明细.pdf", XLSX, "明细.xlsx"),
        ("照片.webp", "image/jpeg", "照片.jpg"),
        ("照片.jpeg", "image/jpeg", "照片.jpeg"),
        ("照片.tsv", "text/csv", "照片.tsv"),
        ("说明", "text/plain", "说明.txt"),
        ("x.bin", "application/octet-stream", "x.bin"),
        ("", "application/pdf", ".pdf"),
    ],
)
def test_a_name_keeps_its_ending_or_gets_that_of_its_kind(name, media_type, shown):
    assert with_ending(name, media_type) == shown


@pytest.mark.parametrize("kind", sorted(set(FileType) - {FileType.OTHER_PICTURE}))
def test_every_kind_of_upload_has_an_ending(kind):
    assert with_ending("x", kind.value) != "x"
