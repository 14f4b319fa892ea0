"""The moment at which most tests happen."""

from datetime import UTC, datetime

NOON = datetime(2026, 10, 9, 4, tzinfo=UTC)  # 12:00 in the village, a Friday
