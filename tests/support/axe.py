"""What axe-core finds on the page that is open in a browser."""

from collections.abc import Iterator

from playwright.sync_api import Page

from support.paths import MATERIAL

AXE = MATERIAL / "axe" / "axe.min.js"  # for `context.add_init_script`
WIDTHS = (360, 1280)
HEIGHT = 4000  # nothing that stays in sight covers anything
GRAVE = {"serious", "critical", "moderate"}
JUDGED = """async () => {
    const found = await axe.run({exclude: [['iframe']]}, {
        resultTypes: ['violations'], iframes: false, rules: {'target-size': {enabled: true}},
    });
    return found.violations.map(({id, impact, nodes}) => [id, impact, nodes.map(each => each.html.slice(0, 160))]);
}"""
OPENED = """() => document.querySelectorAll('details').forEach(each => {
    each.removeAttribute('name');
    each.open = true;
})"""


def findings(page: Page) -> Iterator[tuple[str, ...]]:
    """What is graver than minor on the page that is open, at each width."""
    page.evaluate(OPENED)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for rule, impact, nodes in page.evaluate(JUDGED):
            if impact in GRAVE:
                yield (impact, rule, width, *nodes)
