"""The finance forms filled in as villages fill them: long names, large sums, several rows."""

from dataclasses import replace

from bulletin.domain.accounts.forms import FinanceForm
from bulletin.domain.notices.content import Table
from bulletin.schedules.catalog import load_catalog
from bulletin.schedules.finance_forms import load_finance_forms
from support.paths import ROOT

FILE = ROOT / "schedules" / "finance_forms.yaml"
CATALOG = load_catalog(ROOT / "schedules" / "catalog.yaml")
FORMS = load_finance_forms(FILE, CATALOG)
NAMES = (
    "互助土族自治县示例建筑安装工程有限责任公司",
    "村级组织运转经费和老年饭桌食材款",
    "村北机动地",
)
_CELLS = {"money": "1283640.55", "number": "36.5", "date": "2026年10月13日"}


def filled(form: FinanceForm) -> Table:
    """Every cell with words that are as long as they get; only how it looks is meant."""
    table = form.table()
    rows = [
        tuple(_CELLS.get(column.kind, NAMES[(number + place) % len(NAMES)])
              for place, column in enumerate(table.columns))
        for number in range(3)
    ]  # fmt: skip
    return replace(table, rows=tuple(rows))
