"""核对一张纸: anyone, without an account, compares a paper with what was published."""

from datetime import timedelta
from io import BytesIO

import pytest
import qrcode
from PIL import Image
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan, fingerprint_words
from bulletin.services.access import edition_for
from bulletin.services.notices import end
from bulletin.services.notices.drafts import correct, draft
from bulletin.services.public.paper_check import PaperProblem, check_paper


def _print_of(zhangjia, notice, number=1):
    with zhangjia.site.sessions.reading() as session:
        edition = edition_for(session, zhangjia.li, notice.code, number)
        return fingerprint_words(edition.fingerprint), edition.notice.digits


def _finding(zhangjia, code, typed, now=NOON):
    return check_paper(zhangjia.site, code, typed, now).finding


@pytest.fixture
def published(approved):
    return approved


def test_a_paper_as_it_was_published_is_the_same(zhangjia, published):
    words, digits = _print_of(zhangjia, published)
    for code in (published.code, digits, f"HTTPS://GK.HUZHU.EXAMPLE.CN/N/{published.code}.1.2"):
        for typed in (
            words,
            words[:9],
            words[:9].lower().replace("-", " "),
            words.replace("-", ""),
        ):
            found = check_paper(zhangjia.site, code, typed, NOON)
            assert (found.finding, found.edition, found.number) == (
                PaperProblem.SAME,
                1,
                "张家村公开〔2026〕1号",
            )


@pytest.mark.parametrize(
    ("typed", "finding"),
    [
        ("ZZZZ-ZZZZ", PaperProblem.DIFFERENT),
        ("ZZZZ-ZZ", PaperProblem.TOO_SHORT),
        ("指纹指纹指纹指纹", PaperProblem.TOO_SHORT),
        ("Z" * 27, PaperProblem.TOO_SHORT),
    ],
)
def test_what_does_not_match_is_said(zhangjia, published, typed, finding):
    assert _finding(zhangjia, published.code, typed) is finding


def test_a_code_that_was_never_given_out_is_unknown(zhangjia):
    assert _finding(zhangjia, "40271685339", "ZZZZ-ZZZZ") is PaperProblem.UNKNOWN


def test_a_draft_has_no_paper_that_could_be_the_same(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    words, _ = _print_of(zhangjia, notice)
    assert _finding(zhangjia, notice.code, words) is PaperProblem.UNKNOWN


def test_what_became_of_the_paper_since_is_told(zhangjia, published):
    words, _ = _print_of(zhangjia, published)
    code = published.code
    assert _finding(zhangjia, code, words, NOON + timedelta(days=60)) is PaperProblem.SAME_OVER
    correct.correct(zhangjia.site, zhangjia.li, code, NOON)
    draft.save(
        zhangjia.site,
        zhangjia.li,
        code,
        NOON,
        version=1,
        title="更正",
        change_note="金额有误",
        document={"blocks": [{"type": "paragraph", "text": "更正如下。"}]},
    )
    newer, _ = _print_of(zhangjia, published, 2) if published.submitted() else ("", "")
    assert _finding(zhangjia, code, newer) is PaperProblem.DIFFERENT  # nobody approved it yet
    published.examined().confirmed()
    assert _finding(zhangjia, code, words) is PaperProblem.SAME_OLDER
    assert _finding(zhangjia, code, newer) is PaperProblem.SAME
    end.take_down(zhangjia.site, zhangjia.li, code, "数字有误", NOON)
    assert _finding(zhangjia, code, newer) is PaperProblem.SAME_GONE


def test_printed_ahead_of_its_moment_it_is_not_yet_public(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NOON + timedelta(days=2)).approved()
    words, _ = _print_of(zhangjia, notice)
    assert _finding(zhangjia, notice.code, words) is PaperProblem.NOT_YET


def test_the_page_asks_and_answers_and_keeps_what_was_typed(resident, zhangjia, published):
    words, digits = _print_of(zhangjia, published)
    assert "内容指纹的开头" in resident.get("/check").text
    good = resident.get("/check", query_string={"code": digits, "print": words[:9]}).text
    assert "对得上，是公布的那一份" in good
    assert f'value="{words[:9]}"' in good
    bad = resident.get("/check", query_string={"code": digits, "print": "ZZZZ-ZZZZ"}).text
    assert "对不上" in bad
    assert "请打电话告诉我们" in bad
    assert "/check?code=" in resident.get(f"/N/{published.code}").text
    assert 'href="/check"' in resident.get("/").text


def _picture(address):
    held = BytesIO()
    qrcode.make(address).save(held)
    held.seek(0)
    return held, "paper.png"


def _scan(resident, picture):
    return resident.post("/check", data={"photo": picture}, content_type="multipart/form-data")


def test_a_photographed_code_need_not_be_typed(resident, zhangjia, published):
    words, _ = _print_of(zhangjia, published)
    address = Scan(published.code, 1, 2).url(zhangjia.site.public_url)
    answer = _scan(resident, _picture(address))
    assert answer.location == f"/check?code={published.code}.1.2"
    assert "编号有了" in resident.get(answer.location).text
    done = resident.get("/check", query_string={"code": f"{published.code}.1.2", "print": words})
    assert "对得上，是公布的那一份" in done.text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "HTTPS://GK.HUZHU-GOV.EXAMPLE.COM/N/{code}.1",
            "gk.huzhu-gov.example.com，不是公开栏的网址",
        ),
        ("https://u.wechat.com/MKabcdEFGH", "u.wechat.com，不是公开栏的网址"),
        ("WIFI:S:cunwei;T:WPA;P:12345678;;", "请拍纸上公开栏的二维码"),
    ],
)
def test_a_code_that_leads_elsewhere_is_called_so(resident, published, address, sentence):
    address = address.replace("{code}", published.code)
    assert sentence in _scan(resident, _picture(address)).text
    assert "对不上" not in resident.get("/check", query_string={"code": address}).text


def test_a_pasted_address_of_others_is_no_proof(zhangjia, published):
    words, _ = _print_of(zhangjia, published)
    assert _finding(zhangjia, f"https://a.cn/N/{published.code}.1", words) is PaperProblem.FOREIGN


def test_a_photograph_without_a_code_and_what_is_none_are_answered(resident):
    blank = BytesIO()
    Image.new("L", (300, 200), 255).save(blank, "JPEG")
    blank.seek(0)
    assert "照片里没有看到二维码" in _scan(resident, (blank, "a.jpg")).text
    refused = _scan(resident, (BytesIO(b"%PDF-1.7"), "a.pdf"))
    assert (refused.status_code, "这是PDF文件" in refused.text) == (422, True)


def test_the_code_of_one_edition_with_the_fingerprint_of_another_is_no_paper_of_ours(
    zhangjia, published
):
    words, _ = _print_of(zhangjia, published)
    assert _finding(zhangjia, f"{published.code}.1", words) is PaperProblem.SAME
    assert _finding(zhangjia, f"{published.code}.2", words) is PaperProblem.DIFFERENT
