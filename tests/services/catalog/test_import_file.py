"""A catalog file becomes what is owed, all of it or nothing, and no import is forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON
from support.paths import MATERIAL

from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.catalog.differences import Arrival
from bulletin.domain.errors import Refused
from bulletin.services.catalog import annual_review, import_file, propose_import
from bulletin.services.catalog.adopt import adopt_catalog, offer
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.overview import duty_lines
from bulletin.store.catalogs import Adoption, CatalogImport, ProposedImport

TOMORROW = date(2026, 10, 10)
CATALOGS = MATERIAL / "catalogs"
HEAD = "序号,公开事项,公开内容,公开时限,公开主体,责任人\n"
FIRST = HEAD + (
    "1,村级财务收支情况,收支明细,每月10日前,村民委员会,会计\n"
    "2,护林员补助发放,发放标准和金额,每半年公布一次,村民委员会,文书\n"
    "3,水费收缴,户数和金额,每季度第一个月15日前,村民委员会,文书\n"
)
SECOND = HEAD + (
    "1,村级财务收支情况,收支明细,每月10日前,村民委员会,会计\n"
    "2,护林员补助发放,发放标准和金额,每季度公布一次,村民委员会,文书\n"
    "3,路灯电费,度数和金额,每年12月底前,村民委员会,文书\n"
)


def bring(place, words, now=NOON, village="张家村", from_on=None, who=None):
    actor = who or place.zheng
    data = words.encode("gb18030") if isinstance(words, str) else words
    upload = import_file.read_upload(data, "目录.csv")
    return import_file.import_catalog(place.site, actor, place.ids[village], upload, from_on, now)


def owed_titles(place, day, village="张家村"):
    now = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    found = annual_review.adopted_catalog(place.site, place.zheng, place.ids[village], now)
    return {item.title: item for item in found.catalog.items}


def kept(place):
    with place.site.sessions.reading() as session:
        return [len(session.scalars(select(table)).all()) for table in (CatalogImport, Adoption)]


def arrivals(found):
    return {each.item.title: each.arrival for each in found.rows}


def test_a_villages_file_changes_times_and_adds_items_from_the_day_it_is_adopted(zhangjia):
    found = bring(zhangjia, FIRST)
    assert arrivals(found) == {
        "村级财务收支情况": Arrival.CHANGED, "护林员补助发放": Arrival.NEW, "水费收缴": Arrival.NEW,
    }  # fmt: skip
    before, after = owed_titles(zhangjia, NOON.date()), owed_titles(zhangjia, TOMORROW)
    assert set(after) - set(before) == {"护林员补助发放", "水费收缴"}
    assert set(before) <= set(after)
    assert after["村级财务收支情况"].deadline_text == "每月10日前"
    assert after["水费收缴"].further == {"责任人": "文书"}
    assert "水费收缴" not in owed_titles(zhangjia, TOMORROW, "白马村")


def test_the_duties_of_an_imported_item_open_by_themselves(zhangjia):
    bring(zhangjia, FIRST)
    later = NOON + timedelta(days=1)
    open_duties(zhangjia.site, later)
    lines = duty_lines(zhangjia.site, zhangjia.li, later)
    water = [(line.label, line.due_on) for line in lines if line.item == "水费收缴"]
    assert water == [("2026年第四季度", date(2026, 10, 15))]


def test_importing_again_tells_new_changed_same_and_gone(zhangjia):
    bring(zhangjia, FIRST)
    second = SECOND.encode()
    found = import_file.compare_import(
        zhangjia.site, zhangjia.zheng, zhangjia.id, import_file.read_upload(second, "目录.csv")
    )
    assert arrivals(found) == {
        "村级财务收支情况": Arrival.SAME, "护林员补助发放": Arrival.CHANGED, "路灯电费": Arrival.NEW,
    }  # fmt: skip
    assert [item.title for item in found.gone] == ["水费收缴"]
    assert kept(zhangjia) == [1, 4]  # to look changes nothing
    bring(zhangjia, SECOND)
    after = owed_titles(zhangjia, date(2026, 10, 11))
    assert "路灯电费" in after
    assert "水费收缴" not in after
    assert after["护林员补助发放"].deadline_text == "每季度公布一次"


def test_no_import_is_ever_lost(zhangjia):
    bring(zhangjia, FIRST)
    bring(zhangjia, SECOND)
    with zhangjia.site.sessions.reading() as session:
        imports = session.scalars(select(CatalogImport).order_by(CatalogImport.id)).all()
        titles = [[row["title"] for row in each.rows] for each in imports]
    assert [row[2] for row in titles] == ["水费收缴", "路灯电费"]
    assert "水费收缴" in owed_titles(zhangjia, TOMORROW)  # that day still reads as it was


def test_an_own_posting_period_survives_the_import_of_new_times(zhangjia):
    longer = Adaptation(changed={"finance.quarterly_accounts": Change(posting_days=30)})
    adopt_catalog(zhangjia.site, zhangjia.zheng, zhangjia.id, TOMORROW, longer, NOON)
    bring(zhangjia, FIRST)
    item = owed_titles(zhangjia, date(2026, 10, 11))["村级财务收支情况"]
    assert (item.posting_days, item.deadline_text) == (30, "每月10日前")


def test_what_the_township_imports_is_what_its_villages_adopt_from(zhangjia):
    bring(zhangjia, FIRST, village=None)
    offered = {item.title for item in offer(zhangjia.site, zhangjia.zheng, zhangjia.id).items}
    assert "水费收缴" in offered
    assert kept(zhangjia) == [1, 3]
    assert "水费收缴" not in owed_titles(zhangjia, TOMORROW)


def test_with_a_day_the_township_and_every_village_adopt_at_once(zhangjia):
    bring(zhangjia, FIRST, village=None, from_on=TOMORROW)
    for village in ("张家村", "白马村"):
        assert "水费收缴" in owed_titles(zhangjia, TOMORROW, village)
    assert kept(zhangjia) == [1, 6]


@pytest.mark.parametrize(
    ("words", "from_on", "code"),
    [
        (FIRST.replace("文书", "文书张三11010519491231002X"), None, "personal_data"),
        (FIRST.replace("水费收缴", "水费收缴13900001111"), None, "personal_data"),
        (FIRST, date(2026, 10, 9), "adoption_in_past"),
        (FIRST, date(2020, 1, 1), "adoption_in_past"),
        ("一,二\n三,四\n", None, "catalog_no_table"),
    ],
)
@pytest.mark.parametrize("village", ["张家村", None])
def test_a_failed_import_changes_nothing(zhangjia, words, from_on, code, village):
    before = kept(zhangjia)
    with pytest.raises(Refused) as refused:
        bring(zhangjia, words, from_on=from_on, village=village)
    assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert kept(zhangjia) == before


def test_only_the_administrator_imports(zhangjia):
    with pytest.raises(Refused):
        bring(zhangjia, FIRST, who=zhangjia.li)
    assert kept(zhangjia) == [0, 3]


def test_a_proposed_file_waits_with_its_rows_and_is_not_read_again(zhangjia, monkeypatch):
    for path in CATALOGS.glob("*.csv"):
        upload = import_file.read_upload(path.read_bytes(), path.name)
        propose_import.propose(zhangjia.site, zhangjia.zheng, zhangjia.id, upload, NOON)
        with monkeypatch.context() as patch:
            patch.setattr(import_file, "read_catalog_rows", None)
            assert propose_import.proposal(zhangjia.site, zhangjia.zheng).upload == upload


def test_a_file_that_was_proposed_under_the_release_before_is_read_once_more(zhangjia):
    data = FIRST.encode()
    with zhangjia.site.sessions.writing() as session:
        session.add(
            ProposedImport(
                person_id=zhangjia.zheng.id,
                township_id=zhangjia.zheng.township_id,
                village_id=None,
                file_name="目录.csv",
                content=data,
                proposed_at=NOON,
            )
        )
    waiting = propose_import.proposal(zhangjia.site, zhangjia.zheng)
    assert waiting.upload == import_file.read_upload(data, "目录.csv")


@pytest.mark.parametrize("name", sorted(path.name for path in CATALOGS.glob("*.csv")))
def test_every_published_catalog_can_be_imported_and_sets_duties_in_motion(zhangjia, name):
    data = (CATALOGS / name).read_bytes()
    found = bring(zhangjia, data)
    assert found.rows
    open_duties(zhangjia.site, NOON + timedelta(days=1))
    again = import_file.compare_import(
        zhangjia.site, zhangjia.zheng, zhangjia.id, import_file.read_upload(data, name)
    )
    assert {each.arrival for each in again.rows} == {Arrival.SAME}
    assert again.gone == ()


def test_a_villages_file_takes_over_basis_and_posting_period_of_a_known_item(zhangjia):
    words = (
        "公开事项,公开依据,公开时限\n"
        "村级财务收支情况,《某某县村务公开办法》第九条,每月10日前公开，公示时间不少于60日\n"
    )
    bring(zhangjia, words)
    item = owed_titles(zhangjia, TOMORROW)["村级财务收支情况"]
    assert [basis.law for basis in item.bases] == ["某某县村务公开办法"]
    assert (item.posting_days, item.posting_unit) == (60, "natural")
