"""听: the notice in spoken words, on a page of its own."""

import pytest
from playwright.sync_api import expect
from support.browser import needs_chromium, served, texts_of
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.notices.workflow import Act
from bulletin.services.notices import end
from bulletin.services.notices.reviews import review

VOICES = """voices => {
    window.said = [];
    speechSynthesis.getVoices = () => voices.map(lang => ({lang, name: '村里的声音'}));
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    speechSynthesis.speak = words => { said.push(words.text); document.body.dataset.said = said.length; setTimeout(() => words.onend(), 5); };
    speechSynthesis.cancel = () => {};
}"""

IN_TWO_LANGUAGES = [
    {"type": "paragraph", "text": "支出300元。"},
    {"type": "translation", "language": "en", "title": "", "paragraphs": ["300 yuan for lamps."]},
]


def test_the_page_says_figures_in_words_and_the_notice_leads_there(resident, approved):
    assert f"/N/{approved.code}/listen" in resident.get(f"/N/{approved.code}").text
    page = resident.get(f"/N/{approved.code}/listen")
    assert "三千四百八十元" in page.text
    assert '<meta name="robots" content="noindex">' in page.text


def test_what_people_wrote_in_another_language_stands_there_as_they_wrote_it(resident, zhangjia):
    notice = a_notice(zhangjia, NOON, document={"blocks": IN_TWO_LANGUAGES}).approved()
    page = resident.get(f"/N/{notice.code}/listen").text
    assert "<p>支出三百元。</p>" in page
    assert '<p lang="en">300 yuan for lamps.</p>' in page


def test_what_may_not_be_read_is_not_read_out(resident, approved, zhangjia):
    assert resident.get("/N/XXXXXXXXXX/listen").status_code == 404
    end.take_down(zhangjia.site, zhangjia.li, approved.code, "金额有误", NOON)
    assert resident.get(f"/N/{approved.code}/listen").status_code == 404


def test_a_list_of_people_is_not_read_out(resident, zhangjia):
    low = a_notice(zhangjia, NOON, item="government.low_income_review").approved()
    review.take_step(zhangjia.site, zhangjia.wang, low.code, Act.SCREEN, NOON)
    page = resident.get(f"/N/{low.code}")
    assert page.status_code == 200
    assert "/listen" not in page.text
    assert resident.get(f"/N/{low.code}/listen").status_code == 404


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
def test_the_phones_own_voice_reads_every_sentence_and_stops_when_told(browser, shown, approved):
    with shown() as address:
        page = browser.new_page()
        page.add_init_script(f"({VOICES})(['zh-CN'])")
        page.goto(f"{address}/N/{approved.code}/listen")
        sentences = texts_of(page.locator("#spoken p"))
        page.click("text=念给我听")
        page.locator(f"body[data-said='{len(sentences)}']").wait_for()
        assert page.evaluate("said") == sentences
        page.locator("button:has-text('念给我听')").wait_for()
        silent = browser.new_page()
        silent.goto(f"{address}/N/{approved.code}/listen")
        silent.locator("#no-voice:visible").wait_for()
        expect(silent.locator("#voice")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(
    ("voices", "reads_all"), [(["zh-CN"], False), (["zh_CN", "en-US"], True)], ids=str
)
def test_another_language_is_read_by_its_own_voice_or_left_to_people(
    browser, app, zhangjia, voices, reads_all
):
    notice = a_notice(zhangjia, NOON, document={"blocks": IN_TWO_LANGUAGES}).approved()
    with served(app) as address:
        page = browser.new_page()
        page.add_init_script(f"({VOICES})({voices})")
        page.goto(f"{address}/N/{notice.code}/listen")
        sentences = texts_of(page.locator("#spoken p"))
        page.click("text=念给我听")
        assert sentences[-1] == "300 yuan for lamps."
        heard = sentences if reads_all else sentences[:-1]
        page.locator(f"body[data-said='{len(heard)}']").wait_for()
        page.locator("button:has-text('念给我听')").wait_for()
        assert page.evaluate("said") == heard
