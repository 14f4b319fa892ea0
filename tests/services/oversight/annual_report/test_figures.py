"""What the words of a report count of the township's own notices: 五公开 and 政策解读."""

from datetime import timedelta

from sqlalchemy import select
from support.builders import LEDGER
from support.clock import NOON

from bulletin.domain.catalog.items import Openness
from bulletin.domain.notices.workflow import Act
from bulletin.services.notices import link_policy
from bulletin.services.notices.drafts import draft, start, submit
from bulletin.services.notices.reviews import review
from bulletin.services.oversight.annual_report.figures import field_values, figures_of
from bulletin.store.duties import Duty


def own_notice(village, item, now=NOON):
    site, tian = village.site, village.people["tian"]
    with site.sessions.reading() as session:
        owed = select(Duty.id).where(Duty.village_id.is_(None), Duty.item_code == item)
        duty = session.scalars(owed.order_by(Duty.due_on)).first()
    code = start.start(site, tian, [duty], now, second_reason="再来一份")
    draft.save(site, tian, code, now, version=1, title=f"{item} {now}", document=LEDGER)
    submit.submit(site, tian, code, now, confirmed=True)
    review.take_step(site, village.wang, code, Act.SCREEN, now)
    review.take_step(site, village.people["chen"], code, Act.APPROVE, now)
    return code


def named(village, now):
    values = field_values(
        village.site, village.wang, 2026, now, figures_of(village.site, village.wang, 2026)
    )
    return {name: values[name] for name in [*(each.label for each in Openness), "政策解读"]}


def test_each_notice_of_the_township_counts_for_its_part_of_the_five(zhangjia, approved):
    own_notice(zhangjia, "government.township_fiscal")
    own_notice(zhangjia, "government.township_fiscal")
    own_notice(zhangjia, "government.township_targets")
    own_notice(zhangjia, "government.township_targets", NOON.replace(year=2027))
    assert named(zhangjia, NOON + timedelta(days=1)) == {
        "决策公开": "0",
        "执行公开": "1",
        "管理公开": "0",
        "服务公开": "0",
        "结果公开": "2",
        "政策解读": "0",
    }, "what is public next year counts then; a village's notice counts for none"


def test_what_explains_a_policy_is_counted_once(zhangjia):
    site, tian = zhangjia.site, zhangjia.people["tian"]
    explaining = own_notice(zhangjia, "government.township_targets")
    for _ in range(2):
        policy = own_notice(zhangjia, "government.township_fiscal")
        link_policy.link_policy(site, tian, explaining, policy, NOON)
    assert named(zhangjia, NOON)["政策解读"] == "1"
