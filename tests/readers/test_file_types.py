"""An upload is what its content says it is."""

import io

import docx
import openpyxl
import pytest
from PIL import Image

from bulletin.domain.errors import Refused
from bulletin.readers.file_types import sniff


def _saved(thing, *form):
    kept = io.BytesIO()
    thing.save(kept, *form)
    return kept.getvalue()


def _picture(form):
    return _saved(Image.new("RGB", (4, 4)), form)


XLSX = _saved(openpyxl.Workbook())
DOCX = _saved(docx.Document())


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (_picture("PNG"), "照片.png", "image/png"),
        (_picture("JPEG"), "照片.JPG", "image/jpeg"),
        (_picture("JPEG"), "改过名的照片.png", "image/jpeg"),
        (_picture("PNG"), "没有后缀的照片", "image/png"),
        (_picture("WEBP"), "照片.webp", "image/webp"),
        (_picture("PDF"), "扫描.pdf", "application/pdf"),
        (XLSX, "名单.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            DOCX,
            "公告.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("姓名,金额".encode("gb18030"), "名单.csv", "text/csv"),
        ("公告".encode(), "公告.txt", "text/plain"),
    ],
)
def test_what_may_be_uploaded_gets_the_media_type_of_its_content(data, name, media_type):
    assert sniff(data, name) == media_type


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (_picture("GIF"), "动图.gif", "file_unknown"),
        (_picture("BMP"), "画.bmp", "file_unknown"),
        (_picture("TIFF"), "扫描.tif", "file_unknown"),
        (b"<svg/>", "图.svg", "file_unknown"),
        (b"<html>", "页.html", "file_unknown"),
        (b"# x", "说明.md", "file_unknown"),
        (b"text", "没有后缀", "file_unknown"),
        (b"%!PS", "图.ps", "file_unknown"),
        (b"text", "照片.png", "file_mismatch"),
        (XLSX, "公告.docx", "file_mismatch"),
    ],
)
def test_anything_else_is_refused(data, name, code):
    with pytest.raises(Refused) as refused:
        sniff(data, name)
    assert refused.value.codes == (code,)
