"""A paper of a higher body: scanned, framed, posted and tracked without village review."""

import io
from datetime import date

import pytest
from PIL import Image, ImageDraw
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refused
from bulletin.domain.notices.workflow import State
from bulletin.services.boards import post
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import submit
from bulletin.services.notices.drafts.forward import HigherPaper, forward
from bulletin.services.notices.overview import notice_rows
from bulletin.services.printing.print import print_sheet
from bulletin.services.privacy import clear
from bulletin.services.public import notice_page
from bulletin.sheets.pdfium import page_count
from bulletin.sheets.qr import decode

PAPER = HigherPaper(
    "关于2026年城乡居民基本医疗保险缴费的通告", "互助土族自治县医疗保障局", "互医保〔2026〕12号", 30
)


def scanned(pages, form="PDF"):
    """A paper of some pages as a scanner gives it."""
    drawn = []
    for page in range(1, pages + 1):
        sheet = Image.new("L", (1240, 1754), "white")
        ImageDraw.Draw(sheet).rectangle((100, 100, 1140, 300 + 40 * page), outline="black", width=6)
        drawn.append(sheet)
    held = io.BytesIO()
    extra = {"save_all": True, "append_images": drawn[1:]} if form == "PDF" else {}
    drawn[0].save(held, form, resolution=150, **extra)
    return held.getvalue()


def a_paper(village, *scans, paper=PAPER, by=None):
    scans = scans or (("通告.pdf", scanned(2)),)
    return forward(village.site, by or village.li, village.id, paper, scans, NOON)


def looked_through(village, code):
    for file in notice_detail(village.site, village.li, code, NOON).files:
        clear.confirm_seen(village.site, village.li, code, file.file, NOON)


def test_it_goes_out_when_a_person_has_looked_it_through_and_nobody_reviews_it(zhangjia):
    code = a_paper(zhangjia)
    with pytest.raises(Refused, match="要有人看过"):
        submit.submit(zhangjia.site, zhangjia.li, code, NOON)
    looked_through(zhangjia, code)
    assert submit.submit(zhangjia.site, zhangjia.li, code, NOON) is State.PUBLISHED
    page = notice_page.notice_page(zhangjia.site, Scan(code, 1), scanned=True, now=NOON)
    assert page.title == PAPER.title
    assert page.number
    assert page.items == ("上级文件",)
    assert page.closes_on == date(2026, 11, 9)  # the thirtieth day is a Sunday
    assert "互医保〔2026〕12号" in page.document.blocks[0].text
    assert [block.alt for block in page.document.blocks[1:]] == [
        f"{PAPER.title}，原件第{n}页，共2页" for n in (1, 2)
    ]


def test_its_sheet_has_the_scan_in_the_villages_frame_and_is_tracked_on_the_board(zhangjia):
    code = a_paper(zhangjia)
    looked_through(zhangjia, code)
    submit.submit(zhangjia.site, zhangjia.li, code, NOON)
    pdf = print_sheet(zhangjia.site, zhangjia.li, code, NOON).sheet.pdf
    assert page_count(pdf) == 2, "one page of the scan on each sheet, the first under the title"
    assert decode(pdf) == [[Scan(code, 1, 1)], [Scan(code, 1, 2)]]
    hung = post.hang(zhangjia.site, zhangjia.li, code, zhangjia.boards[0], NOON.date(), NOON)
    assert hung
    papers = notice_detail(zhangjia.site, zhangjia.li, code, NOON).papers
    assert papers.hung[0].down_on is None
    assert papers.runs[0].paper == "A3", "a scanned page in a frame is small on A4"
    small = print_sheet(zhangjia.site, zhangjia.li, code, NOON, paper="a4").name
    assert small.endswith("-A4.pdf")


def test_photographs_are_pages_too_and_a_page_twice_is_kept_once(zhangjia):
    picture = ("第一页.jpg", scanned(1, "JPEG"))
    code = a_paper(zhangjia, picture, picture)
    found = notice_detail(zhangjia.site, zhangjia.li, code, NOON)
    assert len(found.files) == 1
    assert "共2页" in found.document.blocks[0].text


@pytest.mark.parametrize(
    ("scans", "sentence"),
    [
        ([("通告.txt", "通告".encode())], "不是扫描件"),
        ([("通告.pdf", b"%PDF-1.7 broken")], "PDF"),
        ([("通告.pdf", scanned(31))], "最多30页"),
        ([("通告.pdf", scanned(20)), ("通告2.pdf", scanned(11))], "最多30页"),
        ([("照片.jpg", b"no picture")], "内容却不是图片"),
    ],
)
def test_what_is_no_scan_is_refused_and_leaves_nothing(zhangjia, scans, sentence):
    with pytest.raises(Refused, match=sentence):
        a_paper(zhangjia, *scans)
    assert notice_rows(zhangjia.site, zhangjia.li, NOON) == []


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (HigherPaper("", "县医保局"), "title_missing"),
        (HigherPaper("通告", " "), "issuer_missing"),
        (HigherPaper("通告", "县医保局", posting_days=0), "posting_days"),
        (HigherPaper("通告", "县医保局", posting_days=1000), "posting_days"),
    ],
)
def test_what_is_missing_is_said(zhangjia, paper, code):
    with pytest.raises(Refused) as refused:
        a_paper(zhangjia, paper=paper)
    assert code in refused.value.codes


@pytest.mark.parametrize("login", ["zhou", "sun", "tian", "wu"])
def test_only_the_villages_own_liaison_forwards(zhangjia, login):
    with pytest.raises(Refused) as refused:
        a_paper(zhangjia, by=zhangjia.people[login])
    assert "not_your_role" in refused.value.codes
