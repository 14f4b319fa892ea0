"""Bad files at each door of a draft: brought, attached, as a picture. One sentence says what to do, and nothing is lost."""

import io
import struct
import zipfile
import zlib

import pytest
from support.brought import a_document, a_workbook, png, saved
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.access import edition_for

pytestmark = pytest.mark.sqlite_only(reason="files are refused before a database is asked")
SCRIPT = {"X-CSRFToken": "x"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
TEXT = {"blocks": [{"type": "paragraph", "text": "写好的一句"}]}


def zipped(types, **parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {"[Content_Types].xml": types, **parts}.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def vast_picture():
    """A picture of 40,000 by 40,000 pixels in a few bytes."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(40_001 * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


DOCX = saved(a_document("标题", "正文。"))
XLSX = saved(a_workbook(表=[["项目", "元"], ["电费", 20]]))
BLANKS = {"word/document.xml": b" " * 60_000_000}
FILES = {
    "macros": ("账.docm", zipped("macroEnabled"), "宏"),
    "macros under another name": ("账.docx", zipped("macroEnabled"), "宏"),
    "half a zip": ("账.xlsx", XLSX[:900], "已损坏"),
    "half a document": ("通知.docx", DOCX[:900], "已损坏"),
    "a bomb": ("通知.docx", zipped("wordprocessingml.document.main+xml", **BLANKS), "解压后过大"),
    "a password": ("账.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "nothing": ("通知.docx", b"", "空的"),
    "machine code": ("通知.exe", b"MZ\x00\x01", "可以"),
    "a vast picture": ("会场.png", vast_picture(), "照片|图片|像素"),
    "half a picture": ("会场.png", png()[:40], "照片|图片|打不开"),
    "a script as a picture": ("会场.svg", b"<svg onload='alert(1)'/>", "可以"),
}  # fmt: skip


@pytest.mark.parametrize("door", ["bring", "upload"])
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_gets_one_sentence_and_the_draft_stays(signed_in, zhangjia, name, door):
    file, data, sentence = FILES[name]
    notice = a_notice(zhangjia, NOON, document=TEXT)
    answer = signed_in("li").post(
        f"/desk/notices/{notice.code}/{door}",
        data={"file": (io.BytesIO(data), file)},
        headers=SCRIPT,
    )
    assert answer.status_code == 422
    [said] = answer.get_json()["sentences"]
    assert any(word in said for word in sentence.split("|")), said
    with zhangjia.site.sessions.reading() as session:
        edition = edition_for(session, zhangjia.li, notice.code)
        assert (edition.version, list(edition.files)) == (2, [])
        assert edition.content.document["blocks"][0]["text"] == "写好的一句"


def test_a_script_in_a_name_is_text_wherever_it_is_shown(signed_in, zhangjia):
    notice, li = a_notice(zhangjia, NOON, document=TEXT), signed_in("li")
    url, name = f"/desk/notices/{notice.code}", "<img src=x onerror=alert(1)>.txt"
    kept = li.post(
        f"{url}/upload", data={"file": (io.BytesIO("附件".encode()), name)}, headers=SCRIPT
    )
    attached = {"type": "attachment", "file": kept.get_json()["file"], "name": name}
    document = {"blocks": [*TEXT["blocks"], attached]}
    li.post(f"{url}/save", json={"version": 2, "title": "<script>x</script>", "document": document})
    li.post(f"{url}/bring", data={"file": (io.BytesIO("一句话".encode()), name)})
    for page in (url, f"{url}/edit", f"{url}/bring"):
        shown = li.get(page).text
        assert "&lt;" in shown
        assert "<img src=x" not in shown
        assert "<script>x" not in shown
