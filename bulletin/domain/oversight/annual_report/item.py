"""The item of the catalog that asks for the annual report, and what the history calls a report."""

REPORT_ITEM = "government.township_annual_report"
COUNTY = "county"  # where the history of a report names a township


def is_of_county(subject: str) -> bool:
    """Whether the history tells of a county's report by this name."""
    return subject.startswith(f"report {COUNTY}.")
