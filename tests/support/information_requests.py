"""The rules of requests for information, and the calendar in which they are counted."""

from datetime import date
from pathlib import Path
from typing import Any

from bulletin.domain.oversight.requests.course import ApplicantClass, ReceivedBy
from bulletin.schedules.annual_report import load_report_layouts
from bulletin.schedules.calendar import load_calendar
from bulletin.schedules.information_requests import load_request_rules
from bulletin.services.oversight.requests.receive import NewRequest
from support.paths import SCHEDULES

LAYOUT = load_report_layouts(Path(SCHEDULES) / "annual_report.yaml")[-1]
RULES = load_request_rules(Path(SCHEDULES) / "information_requests.yaml", LAYOUT)
CALENDAR = load_calendar(Path(SCHEDULES) / "holidays")


def a_request(arrived_on: date, **facts: Any) -> NewRequest:
    """Of a person who came to the office."""
    usual: dict[str, Any] = {
        "received_by": ReceivedBy.HAND,
        "applicant": ApplicantClass.PERSON,
        "applicant_name": "丁示例",
        "contact": "西宁市城东区示例路1号",
        "asked_for": "2025年村道硬化工程的招标文件和合同",
        "wanted_as": "纸质",
    }
    return NewRequest(arrived_on=arrived_on, **usual | facts)
