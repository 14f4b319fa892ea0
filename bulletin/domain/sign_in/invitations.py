"""How long an invitation opens, and by which name a person may sign in."""

import re
from datetime import datetime, timedelta

VALID_FOR = timedelta(days=7)  # of a slip that is handed over on paper, or of a link
_MOBILE = re.compile(r"(?:86)?(1[3-9]\d{9})")
_SIGNS = re.compile(r"[\s+()（）\-－–—]")


def is_open(
    now: datetime, *, expires_at: datetime, used_at: datetime | None, withdrawn_at: datetime | None
) -> bool:
    """Whether an invitation still lets its person in: once, within its days, unless withdrawn."""
    return used_at is None and withdrawn_at is None and now <= expires_at


def mobile_figures(typed: str) -> str:
    """The 11 figures of a mobile number, however it was written; '' for anything else.

    Only a mobile number tells who somebody is: an office's stands beside several names.
    """
    match = _MOBILE.fullmatch(_SIGNS.sub("", typed))
    return match[1] if match else ""
