"""Where the project keeps what tests read."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SCHEDULES = ROOT / "schedules"
SHEET_TEMPLATES = ROOT / "templates" / "sheets"
PAGE_TEMPLATES = ROOT / "templates" / "web"
TESTS = ROOT / "tests"  # where `python -m support.…` starts
MATERIAL = TESTS / "material"
