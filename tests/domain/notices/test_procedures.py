"""Of several items' procedures the strictest counts."""

import pytest
from support.paths import SCHEDULES

from bulletin.domain.notices.procedures import strictest
from bulletin.schedules.procedures import load_procedures

PROCEDURES = load_procedures(SCHEDULES / "procedures.yaml")


@pytest.mark.parametrize(
    ("names", "strict"),
    [
        ({"village"}, "village"),
        ({"township"}, "township"),
        ({"village", "township"}, "village"),
        ({"village", "assisted"}, "assisted"),
        ({"township", "assisted"}, "assisted"),
        ({"village", "township", "assisted"}, "assisted"),
    ],
)
def test_of_several_procedures_the_strictest_counts(names, strict):
    assert strictest(p for p in PROCEDURES.values() if p.name in names).name == strict
