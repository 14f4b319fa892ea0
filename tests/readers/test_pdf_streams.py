"""Every stream of a PDF is drawn on a page, holds no words, or is named as unread."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from bulletin.readers.read_file import scan_file

ID = "630223198001011238"  # invented
PHONE = "13912345678"
WORDS = f"BT /F 12 Tf 10 10 Td ({ID}) Tj ET".encode()


def _pdf(alter=None, drawn=b"", **saved):
    document = Pdf.new()
    page = document.add_blank_page(page_size=(400, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    fonts = Dictionary(F=document.make_indirect(font))
    page.obj.Resources = document.make_indirect(Dictionary(Font=fonts))
    page.contents_add(b"BT /F 12 Tf 20 200 Td (Notice) Tj ET\n" + drawn)
    if alter:
        alter(document, page.obj)
    kept = io.BytesIO()
    document.save(kept, **saved)
    return kept.getvalue()


def _stream(document, words=WORDS, **keys):
    stream = Stream(document, words)
    for key, value in keys.items():
        stream[f"/{key}"] = value
    return document.make_indirect(stream)


def _form(document, page, **more):
    return _stream(
        document,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 300, 300]),
        Resources=page.Resources,
        **more,
    )


def _picture(document):
    return _stream(
        document,
        bytes(100),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=10,
        Height=10,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )


def _pattern(document, page, words=WORDS):
    page.Resources.Pattern = Dictionary(
        P=_stream(
            document,
            words,
            Type=Name.Pattern,
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 300, 300]),
            XStep=300,
            YStep=300,
            Resources=page.Resources,
        )
    )


def _soft_mask(document, page):
    group = _form(document, page, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    page.Resources.ExtGState = Dictionary(
        G=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
    )


def _drawn_letters(document, page):
    """Letters A to J that are drawn as figures, and no word of which they stand for."""
    glyphs = Dictionary()
    for figure in range(10):
        glyphs[f"/g{figure}"] = _stream(document, b"600 0 d0 BT /F 999 Tf (%d) Tj ET" % figure)
    page.Resources.Font.T = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 999, 999]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=glyphs,
        FirstChar=65,
        LastChar=74,
        Widths=Array([600] * 10),
        Encoding=Dictionary(Differences=Array([65, *(Name(f"/g{n}") for n in range(10))])),
        Resources=page.Resources,
    )


def _page_no_longer_listed(document, page):
    gone = Dictionary(Type=Name.Page, Contents=_stream(document), Resources=page.Resources)
    document.Root.Archive = document.make_indirect(gone)


FILLED = b"/Pattern cs /P scn 0 0 300 300 re f"
UNSEEN = {
    "words in a pattern": (_pattern, FILLED),
    "words in a mask": (_soft_mask, b"/G gs 0 0 300 300 re f"),
    "letters that are drawings": (_drawn_letters, b"BT /T 12 Tf 9 99 Td (BDJBCDEFGHI) Tj ET"),
    "a form that nothing draws": (
        lambda pdf, page: page.Resources.update({"/XObject": Dictionary(X=_form(pdf, page))}),
        b"",
    ),
    "a picture that nothing draws": (
        lambda pdf, page: page.Resources.update({"/XObject": Dictionary(X=_picture(pdf))}),
        b"",
    ),
    "a small preview": (lambda pdf, page: page.update({"/Thumb": _picture(pdf)}), b""),
    "another program's own data": (
        lambda pdf, page: page.update(
            {"/PieceInfo": Dictionary(Ai=Dictionary(Private=_stream(pdf)))}
        ),
        b"",
    ),
    "a page that is listed no more": (_page_no_longer_listed, b""),
    "a script that a page runs": (
        lambda pdf, page: page.update(
            {"/AA": Dictionary(O=Dictionary(S=Name.JavaScript, JS=_stream(pdf)))}
        ),
        b"",
    ),
    "a link that is drawn": (
        lambda pdf, page: page.update(
            {
                "/Annots": Array(
                    [
                        Dictionary(
                            Type=Name.Annot,
                            Subtype=Name.Link,
                            Rect=Array([0, 0, 99, 99]),
                            AP=Dictionary(N=_form(pdf, page)),
                        )
                    ]
                )
            }
        ),
        b"",
    ),
}


@pytest.mark.parametrize(("alter", "drawn"), UNSEEN.values(), ids=UNSEEN)
def test_a_stream_that_no_page_shows_as_text_is_unread(alter, drawn):
    scan = scan_file(_pdf(alter, drawn), "notice.pdf")
    assert scan.findings or scan.unread


MARKED = {
    "under another text": f"/Span <</ActualText (xx)>> BDC BT /F 12 Tf 9 99 Td ({ID}) Tj ET EMC",
    "in place of a text": f"/Span <</ActualText ({ID})>> BDC BT /F 12 Tf 9 99 Td (x) Tj ET EMC",
    "beside a text": f"/Span <</Alt ({ID})>> BDC BT /F 12 Tf 9 99 Td (x) Tj ET EMC",
    "written out": f"/Span <</E <{ID.encode().hex()}>>> BDC BT /F 12 Tf 9 99 Td (x) Tj ET EMC",
    "one figure below another": "BT /F 12 Tf 14 TL 9 280 Td "
    + " ".join(f"({figure}) Tj T*" for figure in ID)
    + " ET",
}


@pytest.mark.parametrize("drawn", MARKED.values(), ids=MARKED)
def test_a_number_is_found(drawn):
    findings = scan_file(_pdf(drawn=drawn.encode()), "notice.pdf").findings
    assert {finding.kind.value for finding in findings} == {"id_number"}


@pytest.mark.parametrize("packed", [False, True], ids=["objects openly", "objects packed"])
@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_lock_without_a_password_hides_no_words_beside_the_pages(revision, packed):
    def label(document, _page):
        document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(ID))]))

    mode = "generate" if packed else "disable"
    data = _pdf(
        label,
        object_stream_mode=pikepdf.ObjectStreamMode[mode],
        encryption=pikepdf.Encryption(owner="clerk", user="", R=revision, **_weak(revision)),
    )
    assert scan_file(data, "notice.pdf").findings


def _weak(revision):
    weak = {} if revision > 3 else {"aes": False, "metadata": False}
    return {"allow": pikepdf.Permissions(), **weak}


@pytest.mark.parametrize("place", ["before", "behind", "in a remark"])
def test_a_number_outside_of_the_objects_is_found(place):
    data, number = _pdf(), ID.encode()
    altered = {
        "before": number + b"\n" + data,
        "behind": data + number,
        "in a remark": data.replace(b"\n", b"\n%" + number + b"\n", 1),
    }[place]
    scan = scan_file(altered, "notice.pdf")
    assert scan.findings


@pytest.mark.parametrize("saved", [{}, {"linearize": True}], ids=["usual", "for the web"])
def test_lines_and_colours_need_no_eyes(saved):
    def hatched(document, page):
        _pattern(document, page, b"0 0 m 9 9 l S")

    scan = scan_file(_pdf(hatched, FILLED, **saved), "notice.pdf")
    assert (scan.findings, scan.unread) == ((), ())


def test_a_link_written_in_codes_is_read():
    def link(_document, page):
        target = "tel:" + "".join(f"%{ord(figure):02X}" for figure in PHONE)
        page.Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array([0, 0, 9, 9]),
                    A=Dictionary(S=Name.URI, URI=String(target)),
                )
            ]
        )

    findings = scan_file(_pdf(link), "notice.pdf").findings
    assert {finding.kind.value for finding in findings} == {"phone"}
