"""What the checks say of a notice in review, each thing once."""

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.notices.draft_checks import Weight
from bulletin.services.notices.drafts import submit
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.reviews.findings import ReviewFindingKind, findings


@pytest.mark.parametrize("why", ["", "收支还没有结清"])
def test_what_was_confirmed_stands_in_the_list_and_is_not_said_again(zhangjia, why):
    notice = a_notice(zhangjia, NOON)
    given = (zhangjia.site, zhangjia.li, notice.code)
    odd = [c.words for c in draft_todo(*given, NOON).checks if c.weight is Weight.DOUBT]
    assert odd
    submit.submit(*given, NOON, confirmed=True, why=why)
    found = findings(zhangjia.site, zhangjia.sun, notice.code, NOON)
    looked_at = [f.words for f in found if f.kind is ReviewFindingKind.LOOKED_AT]
    assert sorted(looked_at) == sorted(dict.fromkeys(odd))
    said = [f.words for f in found if f.kind is ReviewFindingKind.SAID]
    assert said == ([f"原因：{why}"] if why else [])
