"""Of several items' procedures the strictest counts."""

import pytest
from support.paths import SCHEDULES

from bulletin.domain.notices.procedures import strictest
from bulletin.domain.notices.workflow import Act
from bulletin.schedules.procedures import load_procedures

PROCEDURES = load_procedures(SCHEDULES / "procedures.yaml")


@pytest.mark.parametrize(
    ("names", "strict"),
    [
        ({"village"}, "village"),
        ({"township"}, "township"),
        ({"village", "township"}, "village"),
        ({"village", "collective"}, "village"),
        ({"collective", "township"}, "collective"),
        ({"collective", "assisted"}, "assisted"),
        ({"village", "assisted"}, "assisted"),
        ({"township", "assisted"}, "assisted"),
        ({"village", "township", "assisted"}, "assisted"),
    ],
)
def test_of_several_procedures_the_strictest_counts(names, strict):
    assert strictest(p for p in PROCEDURES.values() if p.name in names).name == strict


def test_the_joint_meeting_is_asked_for_where_the_file_says_so():
    asking = [
        (p.name, rule.act)
        for p in PROCEDURES.values()
        for rule in p.steps
        if p.asks_meeting(rule.act)
    ]
    assert asking == [("village", Act.CONFIRM), ("assisted", Act.CONFIRM)]
    assert not PROCEDURES["village"].asks_meeting(None)
