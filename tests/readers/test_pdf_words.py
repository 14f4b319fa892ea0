"""PDFs with personal numbers where no page shows them: each found, or the file needs eyes."""

import re
import zlib

import pypdfium2
import pytest
from pypdfium2 import raw

from bulletin.readers.material import Passage
from bulletin.readers.read_file import scan_file

ID = "630223198001011238"  # invented
PHONE = "13912345678"


def _pdf(drawn="", *, page="", catalog="", more=(), info="", box="0 0 400 300"):
    """A PDF of one page, written by hand."""
    drawing = f"BT /F 12 Tf 20 20 Td (Notice) Tj ET {drawn}"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>{page}>>",
        f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<<{info}>>",
        *more,
    ]
    text, places = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    text += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R/Info 6 0 R>>"
    )
    return f"{text}\nstartxref\n{text.index('xref')}\n%%EOF".encode("latin-1")


def _link(action):
    return f"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<<{action}>>>>]"


def _note(rest, kind="Text"):
    return f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[0 0 9 9]{rest}>>]"


HIDDEN = {
    "beyond the sheet": {"drawn": f"BT /F 12 Tf 900 -900 Td ({PHONE}) Tj ET"},
    "a cropped page": {
        "drawn": f"BT /F 12 Tf 200 200 Td ({PHONE}) Tj ET",
        "page": "/CropBox[0 0 100 100]",
    },
    "a small sheet": {"drawn": f"BT /F 12 Tf 200 200 Td ({PHONE}) Tj ET", "box": "0 0 90 90"},
    "invisible ink": {"drawn": f"BT 3 Tr /F 12 Tf 200 200 Td ({PHONE}) Tj ET"},
    "a link that calls": {"page": _link(f"/S/URI/URI(tel:{PHONE})")},
    "a link that writes": {"page": _link(f"/S/URI/URI(mailto:{PHONE}@example.com)")},
    "a link to a file": {"page": _link(f"/S/Launch/F({PHONE}.pdf)")},
    "a note": {"page": _note(f"/Contents({PHONE})")},
    "the author of a note": {"page": _note(f"/T({PHONE})", "Popup")},
    "the value of a field": {"page": _note(f"/FT/Tx/T(a)/V({PHONE})", "Widget")},
    "the title": {"info": f"/Title({PHONE})"},
    "the author": {"info": f"/Author({PHONE})"},
    "the subject": {"info": f"/Subject({PHONE})"},
    "the keywords": {"info": f"/Keywords({PHONE})"},
    "a key of its own": {"info": f"/MadeUp({PHONE})"},
    "a key with a code": {"info": f"/Made#20Up({PHONE})"},
    "the name of a property": {"info": f"/{PHONE}(x)"},
    "a name as a property": {"info": f"/MadeUp/{PHONE}"},
    "a property within a property": {"info": f"/MadeUp<</A[({PHONE})]>>"},
    "the moment of making": {"info": f"/CreationDate({PHONE})"},
    "the name of an attachment": {
        "catalog": f"/Names<</EmbeddedFiles<</Names[({PHONE}) 7 0 R]>>>>",
        "more": ("<</Type/Filespec/F(a)/EF<</F 8 0 R>>>>", "<</Length 1>>stream\nx\nendstream"),
    },
    "the text of an attachment": {
        "catalog": "/Names<</EmbeddedFiles<</Names[(a.txt) 7 0 R]>>>>",
        "more": (
            "<</Type/Filespec/F(a.txt)/EF<</F 8 0 R>>>>",
            f"<</Length 11>>stream\n{PHONE}\nendstream",
        ),
    },
    "the name of a layer": {"more": (f"<</Type/OCG/Name({PHONE})>>",)},
    "a string of codes": {"more": (f"<</Name<{PHONE.encode().hex()}>>>",)},
    "a string of wide codes": {"more": (f"<</Name<FEFF{PHONE.encode('utf-16-be').hex()}>>>",)},
    "a string with escapes": {"more": (f"<</Name(\\061{PHONE[1:]})>>",)},
    "what is said of an attachment": {"more": (f"<</Type/Filespec/Desc({PHONE})>>",)},
    "XMP of another wrapping": {
        "catalog": "/Metadata 7 0 R",
        "more": (f"<</Length 27>>stream\n<rdf><a>{PHONE}</a></rdf>  \nendstream",),
    },
    "XMP that nothing leads to": {
        "more": (f"<</Type\n/Metadata\n/Length 24>>\nstream\n<rdf a='{PHONE}'></rdf>\nendstream",),
    },
    "XMP that is no XML": {
        "catalog": "/Metadata 7 0 R",
        "more": (f"<</Length 17>>stream\n<rdf>{PHONE}\nendstream",),
    },
    "a bookmark": {
        "catalog": "/Outlines 7 0 R",
        "more": (
            "<</First 8 0 R/Last 8 0 R/Count 1>>",
            f"<</Title({PHONE})/Parent 7 0 R/Dest[3 0 R/Fit]>>",
        ),
    },
    "XMP": {
        "catalog": "/Metadata 7 0 R",
        "more": (f"<</Length 50>>stream\n<x:xmpmeta><a>{PHONE}</a></x:xmpmeta>\nendstream",),
    },
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_words_of_a_pdf_that_no_page_shows_are_found(hidden):
    findings = scan_file(_pdf(**hidden), "公示.pdf").findings
    assert {finding.kind.value for finding in findings} == {"phone"}


def test_a_plain_pdf_is_read_whole():
    scan = scan_file(_pdf(info="/Title(Notice)/Creator(Writer)"), "公示.pdf")
    assert (scan.findings, scan.unread) == ((), ())


def test_letters_turned_into_drawings_need_eyes():
    curves = " ".join(f"{n} 10 m {n} 20 {n + 5} 20 {n + 5} 10 c f" for n in range(10, 310, 10))
    assert [part.place for part in scan_file(_pdf(curves), "a.pdf").unread] == ["第1页"]
    lines = " ".join(f"{n} 10 m {n} 90 l S" for n in range(10, 310, 10))
    assert scan_file(_pdf(lines), "a.pdf").unread == ()


@pytest.mark.parametrize(
    ("catalog", "more"),
    [
        (
            "/Names<</EmbeddedFiles<</Names[(a) 7 0 R]>>>>",
            ("<</Type/Filespec/F(a)/EF<</F 8 0 R>>>>", "<</Length 1>>stream\n\0\nendstream"),
        ),
        ("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>", ()),
        ("/AcroForm<</Fields[7 0 R]>>", ("<</FT/Tx/T(a)/V(b)>>",)),
        (
            "/AF[7 0 R]",
            ("<</Type/Filespec/F(a)/EF<</F 8 0 R>>>>", "<</Length 1>>stream\nx\nendstream"),
        ),
        ("/Metadata 7 0 R", ("<</Length 3/Filter/LZWDecode>>stream\nxyz\nendstream",)),
    ],
    ids=["attachment", "script", "form", "unlisted file", "packed properties"],
)
def test_what_a_pdf_carries_along_needs_eyes(catalog, more):
    assert len(scan_file(_pdf(catalog=catalog, more=more), "a.pdf").unread) == 1


def test_every_kind_of_object_that_pdfium_knows_is_judged():
    kinds = {name for name in dir(raw) if name.startswith("FPDF_PAGEOBJ_")}
    assert kinds == {
        f"FPDF_PAGEOBJ_{kind}" for kind in ("UNKNOWN", "TEXT", "PATH", "IMAGE", "SHADING", "FORM")
    }
    assert pypdfium2.PdfDocument(_pdf())[0].get_mediabox() == (0, 0, 400, 300)


def _packed(words):
    packed = zlib.compress(words.encode("latin-1"))
    return packed.decode("latin-1"), len(packed)


def test_properties_packed_with_other_objects_are_found():
    inside, size = _packed(f"6 0 <</MadeUp<</A({PHONE})>>>>")
    head = f"<</Type/ObjStm/N 1/First 4/Length {size}/Filter/FlateDecode>>"
    data = _pdf(more=(f"{head}stream\n{inside}\nendstream",))
    assert {finding.kind.value for finding in scan_file(data, "a.pdf").findings} == {"phone"}


def test_properties_in_packed_xml_are_found():
    inside, size = _packed(f"<rdf><a>{PHONE}</a></rdf>")
    head = f"<</Type/Metadata /Subtype/XML\n/Length {size}\n/Filter [/FlateDecode]>>"
    data = _pdf(more=(f"{head}\nstream\n{inside}\nendstream",))
    assert {finding.kind.value for finding in scan_file(data, "a.pdf").findings} == {"phone"}


def _saved_again(data, number, body):
    """The file with an object written anew behind its end, as programs save a change."""
    begin = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    data += b"\n"
    text = f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = f"xref\n{number} 1\n{len(data):010d} 00000 n \n"
    trailer = f"trailer<</Size 20/Root 1 0 R/Info 6 0 R/Prev {begin}>>"
    end = f"{table}{trailer}\nstartxref\n{len(data) + len(text)}\n%%EOF\n"
    return data + text + end.encode()


EMPTY = "<</Length 0>>stream\n\nendstream"


def test_what_an_earlier_saving_left_behind_is_found():
    data = _saved_again(_pdf(f"BT /F 12 Tf 200 200 Td ({PHONE}) Tj ET"), 4, EMPTY)
    assert PHONE not in "".join(page.text for page in _newest_pages(data))
    (finding,) = scan_file(data, "a.pdf").findings
    assert (finding.kind.value, "往前第1次保存的内容" in finding.place) == ("phone", True)
    twice = _saved_again(data, 4, EMPTY)
    assert {finding.kind.value for finding in scan_file(twice, "a.pdf").findings} == {"phone"}


def _newest_pages(data):
    return [
        Passage("", page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(data)
    ]


def test_an_earlier_saving_that_cannot_be_read_needs_eyes():
    data = _saved_again(_pdf(), 4, EMPTY)
    ended_early = data.replace(b"%%EOF", b"%%EOX", 1)
    assert {part.place for part in scan_file(ended_early, "a.pdf").unread} == {"以前保存的内容"}
    often = _pdf()
    for _ in range(12):
        often = _saved_again(often, 5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    assert {part.place for part in scan_file(often, "a.pdf").unread} == {"以前保存的内容"}


def test_a_file_saved_again_without_changes_of_its_words_is_clean():
    data = _saved_again(_pdf(), 5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    scan = scan_file(data, "a.pdf")
    assert (scan.findings, scan.unread) == ((), ())
