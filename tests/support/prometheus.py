"""As much of Prometheus as docs/county.md asks of it: what processes say, its panels and its alerts."""

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

import yaml
from prometheus_client.parser import text_string_to_metric_families

from support.paths import ROOT

GUIDE, RULES = ROOT / "docs" / "county.md", ROOT / "docs" / "county" / "alerts.yaml"
PANEL = re.compile(r"^\| [^|]+ \| (`(?:max|min|sum)[^|]+`) \|", re.MULTILINE)
QUERY = re.compile(
    r"(max|min|sum)(?: by \((\w+)\) | ?)\((\w+)(?:\{(\w+)=\"([^\"]+)\"\})?\)(?: (==|<|>) (\d+))?"
)
FOLDS: dict[str, Callable[[Iterable[float]], float]] = {"max": max, "min": min, "sum": sum}
COMPARED = {"==": operator.eq, "<": operator.lt, ">": operator.gt, None: lambda _had, _asked: True}


@dataclass(frozen=True)
class Sample:
    name: str
    labels: dict[str, str]
    value: float


def scrape(job: str, address: str) -> list[Sample]:
    """What a process says of itself, and whether it answers at all (`up`)."""
    try:
        with urlopen(f"http://{address}/metrics", timeout=10) as answer:
            text = answer.read().decode()
    except (URLError, OSError):
        return [Sample("up", {"job": job}, 0)]
    families = text_string_to_metric_families(text)
    found = [Sample(s.name, s.labels, s.value) for each in families for s in each.samples]
    return [Sample("up", {"job": job}, 1), *found]


def ask(query: str, samples: list[Sample]) -> list[float]:
    """The values that a query shows, or that a rule finds; none: it is quiet.

    Raises:
        LookupError: it is written in more of the language than is understood here.
    """
    parts = [_ask(part, samples) for part in query.split(" and ")]
    return parts[0] if all(parts) else []


def _ask(part: str, samples: list[Sample]) -> list[float]:
    found = QUERY.fullmatch(part)
    if found is None:
        raise LookupError(f"no query that is understood here: {part}")
    fold, by, name, label, value, compared, than = found.groups()
    groups: dict[str, list[float]] = {}
    for each in samples:
        if each.name == name and (label is None or each.labels.get(label) == value):
            groups.setdefault(each.labels.get(by or "", ""), []).append(each.value)
    values = [FOLDS[fold](each) for each in groups.values()]
    return [each for each in values if COMPARED[compared](each, float(than or 0))]


def panels() -> list[str]:
    """Each query of the guide's table."""
    told = PANEL.findall(GUIDE.read_text(encoding="utf-8"))
    return [query for cell in told for query in re.findall(r"`([^`]+)`", cell)]


def alarms(samples: list[Sample]) -> set[str]:
    """The rules that find something, also for less than the time that each waits."""
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    return {rule["alert"] for rule in rules if ask(rule["expr"], samples)}
