"""The papers beside the notices, as 张家村 has them: one of each kind, to be set on any paper."""

from collections.abc import Callable
from dataclasses import replace

from bulletin.domain.formats import Paper
from bulletin.services.printing.forms import FORMS
from bulletin.sheets.compose import Composer
from bulletin.sheets.facts import PrintedSheet, Watermark
from bulletin.sheets.forms import (
    CatalogGroup,
    CertificateFacts,
    CertificateRow,
    CertifiedEdition,
    PlaceFacts,
    WalkFacts,
    WalkGroup,
    WalkLine,
    catalog_data,
)
from bulletin.sheets.office_paper import (
    OfficePaper,
    PaperColumn,
    PaperSection,
    sections_data,
)

PLACE = PlaceFacts(
    township="互助土族自治县红崖子沟乡",
    village="张家村",
    board_title="村务公开栏",
    title="张家村",
    link="HTTPS://GK.HUZHU.GOV.CN/V/630223202214",
    scan_words="扫码看全部公开",
    phones=(("村", "0972-8320214"), ("乡", "0972-8320100")),
    host_words="gk.huzhu.gov.cn",
)
WALK = WalkFacts(
    "红崖子沟乡",
    "张家村 · 村委会门口公开栏",
    "村委会大门东侧　2026年10月10日",
    (
        WalkGroup(
            "要贴的", (WalkLine("关于2026年第三季度村级财务收支情况的公开", "公示到10月25日", 7),)
        ),
        WalkGroup("要取下的", (WalkLine("关于村民代表会议决定事项的公开", "公示期满", None),)),
    ),
)
CATALOG = catalog_data(
    "2026年7月16日起施行",
    (
        CatalogGroup("党务", (("1", "党费收缴、使用和管理情况", "每半年结束后15日内", "15日"),)),
        CatalogGroup("财务", (("2", "村级财务收支情况", "每季度第一个月15日前", "15日"),)),
    ),
)
CERTIFICATE = CertificateFacts(
    township="互助土族自治县红崖子沟乡",
    notice="关于2026年第三季度村级财务收支情况的公开",
    number="张家村公开〔2026〕12号",
    publishers=("张家村村民委员会",),
    period="2026年10月10日—10月25日",
    online="2026年10月10日 09:00起",
    link="HTTPS://GK.HUZHU.GOV.CN/N/ABCDEFGH7Z",
    rows=(
        CertificateRow(
            "张家村村委会门口公开栏", 1, "2026年10月10日", "10月26日", "登记、10月12日照片"
        ),
    ),
    editions=(CertifiedEdition(1, "2026年10月10日", "K7QM-3XW2-9A4T-8ZBC-51RD-6HVN-EP"),),
    photos=(),
    checkpoint="No.547 2026-10-26 09:00 16T7-BZFG-NB5V",
)

VILLAGES = PaperSection(
    "各村",
    ("到期应公开23项，按时13项。",),
    (PaperColumn("村", 1), PaperColumn("应公开", is_figure=True), PaperColumn("公开栏", 1.4)),
    (("张家村", "16", "3天没有更新"), ("白马村", "7", "还没有贴过")),
)
OFFICE = OfficePaper(
    township="互助土族自治县红崖子沟乡",
    title="红崖子沟乡村务公开督查",
    under="2026年度到期的公开事项，看到2026年11月30日为止",
    sections=(VILLAGES,),
    signed=("督查人：", "日期："),
)


def _of_place(kind: str) -> Callable[..., PrintedSheet]:
    form = FORMS[kind]
    title = form.label if kind in ("catalog", "printer", "application") else PLACE.title
    more = CATALOG if form.lists_catalog else None

    def set_form(composer: Composer, paper: Paper = "a4", mark: Watermark = "") -> PrintedSheet:
        facts = replace(PLACE, title=title, mark=mark)
        return composer.compose_place(
            kind, facts, paper, more=more, code_sides_mm=form.code_sides_mm
        )

    return set_form


def _walk(composer: Composer, paper: Paper = "a4", mark: Watermark = "") -> PrintedSheet:
    return composer.compose_walk(replace(WALK, mark=mark), paper)


def _certificate(composer: Composer, paper: Paper = "a4", mark: Watermark = "") -> PrintedSheet:
    return composer.compose_certificate(replace(CERTIFICATE, mark=mark))  # on A4 only


def _office_paper(composer: Composer, paper: Paper = "a4", mark: Watermark = "") -> PrintedSheet:
    return composer.compose_office_paper(replace(OFFICE, mark=mark), paper)


def _board_paper(composer: Composer, paper: Paper = "a4", mark: Watermark = "") -> PrintedSheet:
    facts = replace(PLACE, title="2026年度各村村务公开情况", mark=mark)
    more = {"under": OFFICE.under, "sections": sections_data((VILLAGES,))}
    return composer.compose_place("board_paper", facts, paper, more=more)


# A form that is new among the forms for the board is here by itself.
FORM_PAPERS: dict[str, Callable[..., PrintedSheet]] = {
    "walk": _walk,
    **{kind: _of_place(kind) for kind in FORMS},
    "certificate": _certificate,
    "office_paper": _office_paper,
    "board_paper": _board_paper,
}
