"""The item of the catalog that asks for the annual report."""

REPORT_ITEM = "government.township_annual_report"
