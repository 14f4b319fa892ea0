"""The finance forms and 明白账 on a phone: the box first, nothing beside the screen, no name in a column of signs."""

import pytest
from support.browser import needs_chromium, served
from support.builders import a_notice
from support.clock import NOON
from support.finance import FORMS, filled

from bulletin.domain.notices.content import Document, Paragraph, Summary, SummaryLine
from bulletin.domain.notices.content_serialization import document_json

BOX = Summary((SummaryLine("专项资金", "1283640.55元，最多的是补助1283640.55元"),))
FILLED = Document((BOX, Paragraph("各位村民："), *map(filled, FORMS)))
LONELY = """() => [...document.querySelectorAll("#content td, #content dd, #content dt")].filter((cell) => {
  const text = [...cell.childNodes].find((node) => node.nodeType === 3 || node.nodeName === "BDI");
  if (!text || cell.textContent.trim().length < 4) return false;
  const range = document.createRange();
  range.selectNodeContents(cell);
  const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom)));
  return lines.size > cell.textContent.trim().length / 2;
}).map((cell) => cell.textContent)"""


@pytest.mark.sqlite_only("what a browser draws asks no database")
@pytest.mark.browser
@needs_chromium
def test_a_phone_shows_the_forms_whole(browser, app, zhangjia):
    notice = a_notice(zhangjia, NOON, document=document_json(FILLED)).approved()
    with served(app) as address:
        page = browser.new_page()
        for width, big in ((320, ""), (360, ""), (360, "?big=1"), (1200, "")):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{address}/N/{notice.code}{big}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(LONELY) == []
            box = page.locator("#content > *").first
            assert box.locator("h2").inner_text() == "明白账"
            assert "1,283,640.55元" in box.inner_text()
