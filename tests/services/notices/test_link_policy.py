"""政策解读: two notices name each other, at the desk and to residents."""

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.notices import end
from bulletin.services.notices.link_policy import link_policy, unlink_policy
from bulletin.services.notices.policy_links import policy_lines
from bulletin.services.public.notice_page import notice_page


def pages(village, notice):
    shown = notice_page(village.site, Scan(notice.code, 1), scanned=False, now=NOON)
    return [page.title for page in shown.explains], [page.title for page in shown.explained_by]


@pytest.fixture
def policy(zhangjia):
    return a_notice(zhangjia, NOON, title="补贴办法").approved()


@pytest.fixture
def explanation(zhangjia):
    return a_notice(zhangjia, NOON, item="affairs.decisions_progress", title="补贴办法解读")


def link(village, explanation, typed):
    link_policy(village.site, village.li, explanation.code, typed, NOON)


def test_both_pages_name_each_other_once_both_are_public(zhangjia, policy, explanation):
    link(zhangjia, explanation, policy.code)
    assert pages(zhangjia, policy) == ([], []), "the explanation is a draft"
    explanation.approved()
    assert pages(zhangjia, policy) == ([], ["补贴办法解读"])
    assert pages(zhangjia, explanation) == (["补贴办法"], [])
    lines = policy_lines(zhangjia.site, zhangjia.li, policy.code)
    assert [line.title for line in lines.explained_by] == ["补贴办法解读"]
    end.take_down(zhangjia.site, zhangjia.li, policy.code, "写错了", NOON)
    assert pages(zhangjia, explanation) == ([], [])


def test_a_link_is_taken_away_again(zhangjia, policy, explanation):
    link(zhangjia, explanation, policy.code)
    explanation.approved()
    unlink_policy(zhangjia.site, zhangjia.li, explanation.code, policy.code, NOON)
    assert pages(zhangjia, policy) == ([], [])
    with pytest.raises(NotFoundError):
        unlink_policy(zhangjia.site, zhangjia.li, explanation.code, policy.code, NOON)


def test_the_other_is_named_as_people_name_it(zhangjia, policy, explanation):
    address = f"{zhangjia.site.public_url}/N/{policy.code}.1"
    link(zhangjia, explanation, address)
    assert (
        policy_lines(zhangjia.site, zhangjia.li, explanation.code).explains[0].title == "补贴办法"
    )


def test_what_makes_no_sense_is_refused(zhangjia, policy, explanation):
    for typed, code in (
        ("", "no_such_notice"),
        ("XXXXXXXXXX", "no_such_notice"),
        (explanation.code, "explains_itself"),
    ):
        with pytest.raises(Refused) as refused:
            link(zhangjia, explanation, typed)
        assert refused.value.codes == (code,)
    link(zhangjia, explanation, policy.code)
    for one, other, code in (
        (explanation, policy, "linked_already"),
        (policy, explanation, "linked_back"),
    ):
        with pytest.raises(Refused) as refused:
            link(zhangjia, one, other.code)
        assert refused.value.codes == (code,)
    with pytest.raises(Refused) as refused:
        link_policy(zhangjia.site, zhangjia.sun, explanation.code, policy.code, NOON)
    assert refused.value.codes == ("not_your_role",)
    with pytest.raises(NotFoundError):
        link_policy(zhangjia.site, zhangjia.zhou, explanation.code, policy.code, NOON)
