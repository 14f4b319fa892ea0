"""A file ends as what it is."""

import pytest

from bulletin.domain.formats import MAX_NAME, short_name, with_ending
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


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("收支明细.xlsx", "收支明细.xlsx"),
        ("收" * 200 + ".xlsx", "收" * 78 + ".xlsx"),
        ("x" * 300 + ".csv", "x" * 236 + ".csv"),
        ("收" * 80, "收" * 80),
        ("收" * 81, "收" * 80),
        ("x" + "收" * 81, "x" + "收" * 79),
        ("收" * 40 + "." + "支" * 80, "收" * 40 + "." + "支" * 39),
        ("2025/2026\\明细.csv", "2025／2026＼明细.csv"),
    ],
)
def test_a_name_is_as_short_as_disks_take_it_and_keeps_its_ending(name, short):
    assert short_name(name) == short
    assert len(short.encode()) <= MAX_NAME
