"""What a county's office waits for: the check of all the annual reports that its bodies publish.

    python tests/bench/oversight.py [--reports 300]

Prints one line a figure: what was measured, the aim, and what the same machine needs to read the files without a rule.
Asserts nothing.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import say
from support.annual_reports import FORMATS, filled, layouts

from bulletin.readers.annual_report.material import read_material
from bulletin.services.oversight.report_check import ReportFile, check_reports

AIM = 60  # seconds of one core for 300


def files(count: int) -> Iterator[ReportFile]:
    """Reports of every form and format in turn."""
    made = [
        (kind, make(layout, filled(layout)))
        for layout in layouts().values()
        for kind, make in FORMATS.items()
    ]
    for number in range(count):
        kind, data = made[number % len(made)]
        yield ReportFile(f"{number}.{kind}", data)


def check(count: int) -> None:
    reports = list(files(count))
    began = time.process_time()
    for file in reports:
        read_material(file.data, file.name)
    reading = time.process_time() - began
    began = time.process_time()
    found = sum(len(each.findings) for each in check_reports(tuple(layouts().values()), reports))
    took = time.process_time() - began
    said = f"reading alone {reading:.1f} s, {found} findings"
    say(f"{count} published reports checked", f"{took:.1f} s", f"≤ {AIM * count / 300:.0f} s", said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--reports", type=int, default=300)
    check(parser.parse_args().reports)


if __name__ == "__main__":
    main()
