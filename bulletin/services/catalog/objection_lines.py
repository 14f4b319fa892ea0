"""有异议: what a catalog says of objections to each of its items, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.catalog.usual_objections import line_of
from bulletin.services.site import Site


@dataclass(frozen=True)
class LineWords:
    words: str  # 自公布起5日内向村民选举委员会提出，3日内答复
    basis: str  # 《中华人民共和国村民委员会组织法》（2025年修正）第十七条; '' for a village's own words


def line_words(site: Site, items: Iterable[DisclosureItem]) -> dict[str, LineWords]:
    """The words of each item's line, by its code."""
    lines = {item.code: line_of(item, site.catalog, personal=item.personal) for item in items}
    return {
        code: LineWords(line.words(site.objection_days), line.basis.words() if line.basis else "")
        for code, line in lines.items()
    }
