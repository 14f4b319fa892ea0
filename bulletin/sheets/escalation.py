"""督办单, 通报, 责任追究通知书: what each says, and the data that their template reads."""

from dataclasses import dataclass
from typing import Any, ClassVar

from bulletin.sheets.facts import FontChoice, Watermark
from bulletin.sheets.layout import page_data
from bulletin.sheets.qr import side_mm
from bulletin.sheets.widths import breakable

CODE_MM = 28  # read by hand, from near


@dataclass(frozen=True, kw_only=True)
class EscalationFacts:
    """A step of 督办, with the code that opens it at the desk."""

    template: ClassVar[str] = "escalation"
    township: str  # who issues it: 红崖子沟乡人民政府
    title: str  # 村务公开督办单
    number: str  # 督办单〔2026〕3号
    to: str  # 张家村村民委员会
    items: tuple[tuple[str, str, str], ...]  # about, when it was due, how it stands
    basis: str
    demand: str
    answer_by: str
    issuer: str
    day: str
    code: str
    link: str  # what its QR code leads to, behind the sign-in
    mark: Watermark = ""

    def links(self) -> list[tuple[str, int]]:
        return [(self.link, side_mm(self.link, CODE_MM))]

    def data(self, fonts: FontChoice) -> dict[str, Any]:
        about, was_due, why = self.items[0]
        of_one = (("督办事项", about), ("应当完成", was_due), ("现在的情况", why))
        several = self.items if len(self.items) > 1 else ()
        of_all = (("依据", self.basis), ("答复期限", self.answer_by))
        rows = of_all if several else (*of_one, *of_all)
        return {
            **page_data("a4", fonts, self.mark),
            "township": self.township,
            "title": self.title,
            "number": self.number,
            "to": breakable(self.to),
            "rows": [[label, breakable(words)] for label, words in rows],
            "items": [[breakable(words) for words in item] for item in several],
            "lines": [breakable(line) for line in self.demand.splitlines() if line.strip()],
            "issuer": self.issuer,
            "day": self.day,
            "code": self.code,
        }
