"""What a page breaks over two lines, pushes out of its window or cuts off, as a browser has set it."""

from playwright.sync_api import Page

WORDS = {  # that nobody reads in two halves
    "date": r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|(?<![\d年])\d{1,2}月\d{1,2}日|\d{4}-\d\d-\d\d|\d\d:\d\d",
    "amount": r"(?<![\d.,])\d[\d,]*\.\d\d(?:万?元)?|(?<![\d.,])\d[\d,]*万?元",
    "count": r"(?<![\d.,A-Z])\d{1,4}(?:块公开栏|个工作日|[件项份])|公开栏|公示期|信息员",
    "name": r"(?<=[^\u3400-\u9fff]|^)[\u3400-\u9fff]示例[一二三四五]?(?![\u3400-\u9fff])",
    "code": r"\b\d{3} \d{3} \d{3} \d{2}\b|〔\d{4}〕\d+号|\b0\d{3}-\d{7}\b|\b[A-Z0-9]{10}\b",
}
_MEASURE = r"""words => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const width = document.documentElement.clientWidth;
  const chain = element => { const up = []; for (let e = element; e; e = e.parentElement) up.push(e); return up; };
  const unseen = element => chain(element).some(e => {
    const style = getComputedStyle(e);
    return style.display === "none" || style.visibility === "hidden" || style.clip !== "auto";
  });
  const slides = element => chain(element.parentElement).some(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth);
  const found = [];
  if (document.documentElement.scrollWidth > width) found.push(["wide", document.documentElement.scrollWidth]);

  const blocks = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let block = node.parentElement;
    if (["SCRIPT", "OPTION", "TEXTAREA", "TEMPLATE", "NOSCRIPT"].includes(block.tagName)) continue;
    while (["inline", "contents"].includes(getComputedStyle(block).display)) block = block.parentElement;
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(node);
  }
  const range = document.createRange();
  for (const [block, nodes] of blocks) {
    if (unseen(block)) continue;
    const places = nodes.flatMap(node => [...node.data].map((_, at) => [node, at]));
    const text = nodes.map(node => node.data).join("");
    const lines = (start, end) => {
      let count = 0, bottom = -1e9;
      for (const [node, at] of places.slice(start, end)) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = [...range.getClientRects()].find(each => each.width);
        if (!box || !node.data[at].trim()) continue;
        if (box.top >= bottom - 2) count += 1;
        bottom = box.bottom;
      }
      return count;
    };
    for (const [kind, pattern] of Object.entries(words))
      for (const match of text.matchAll(new RegExp(pattern, "g")))
        if (lines(match.index, match.index + match[0].length) > 1) found.push([kind, match[0]]);
    const end = text.trimEnd().length;
    if (/^H[1-4]$/.test(block.tagName) && end > 2 && lines(end - 2, end) > 1) found.push(["alone", text.trim()]);
  }
  for (const each of document.querySelectorAll("button, .button, input, select, textarea")) {
    const box = each.getBoundingClientRect();
    const pressed = each.matches("button, .button") && each.scrollWidth > each.clientWidth + 1;
    if (box.width > 1 && !unseen(each) && !slides(each) && (box.left < -1 || box.right > width + 1 || pressed))
      found.push(["cut", each.textContent.trim() || each.name]);
  }
  return found;
}"""


def broken_lines(page: Page) -> list[tuple[str, str]]:
    """(what, words): wide (the page scrolls sideways), cut (a button), alone (a character of a heading) or a kind of `WORDS`."""
    return [(kind, words) for kind, words in page.evaluate(_MEASURE, WORDS)]
