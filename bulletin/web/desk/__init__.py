"""The pages of staff: one blueprint a module."""

from importlib import import_module

from flask import Blueprint

MODULES = (
    "airings",
    "annual",
    "attributes",
    "begin",
    "boards",
    "bring",
    "catalogs",
    "closings",
    "comments",
    "coverage",
    "deputies",
    "drafts",
    "duties",
    "emergency",
    "escalations",
    "feedback",
    "feedback_entry",
    "feedback_ledger",
    "filings",
    "finance",
    "forms",
    "forwarding",
    "imports",
    "inspections",
    "jobs",
    "matters",
    "meetings",
    "month",
    "notice_register",
    "notices",
    "outlets",
    "packs",
    "pasted",
    "people",
    "photos",
    "postings",
    "printing",
    "recalls",
    "registers",
    "request_papers",
    "reporting",
    "requests",
    "responsibilities",
    "reviews",
    "search",
    "sent_requests",
    "settings",
    "supervision",
    "supervision_county",
    "today",
    "trainings",
    "villages",
)


def blueprints() -> list[Blueprint]:
    return [import_module(f"{__name__}.{name}").bp for name in MODULES]
