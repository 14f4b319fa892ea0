"""导入目录 in the browser: choose a file, look through it, decide, confirm or let it be."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from support.clock import NOON
from support.paths import MATERIAL

from bulletin.domain.catalog.rows import RowChoice
from bulletin.services.catalog import (
    annual_review,
    import_file,
    order_import,
    propose_import,
)
from bulletin.store.catalogs import Adoption, CatalogImport, ProposedImport

CATALOGS = MATERIAL / "catalogs"
LATER = datetime(2027, 1, 2, 4, tzinfo=UTC)
OWN = (
    "公开事项,公开时限\n村级财务收支情况,每月10日前\n水费收缴,收完水费就贴\n"
    "路灯电费,每季度第一个月15日前；每年12月底前\n"
)


@pytest.fixture
def administrator(signed_in):
    return signed_in("zheng")


def upload(client, words, village="", name="目录.csv"):
    data = words.encode("gb18030") if isinstance(words, str) else words
    return client.post(
        "/desk/catalog/import",
        data={"village": str(village), "file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
        follow_redirects=True,
    )


def rows(table, place):
    with place.site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def fields(page):
    """The form as a browser would send it back."""
    said = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ("checkbox" not in tag or "checked" in tag):
            said[name[1]] = value[1] if value else ""
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        said[name] = chosen[1] if chosen else ""
    return said


def titles(place):
    found = annual_review.adopted_catalog(place.site, place.zheng, place.id, LATER)
    return {item.title: item for item in found.catalog.items}


def test_the_preview_shows_what_was_understood_and_changes_nothing(administrator, zhangjia):
    page = upload(administrator, OWN, zhangjia.id)
    for words in ("每季度第1个月15日前", "水费收缴", "没有读懂", "新增", "有变化", "请您定一下"):
        assert words in page.text
    assert rows(CatalogImport, zhangjia) == 0
    assert rows(Adoption, zhangjia) == 3


def test_the_preview_says_how_columns_were_understood_and_what_would_change(
    administrator, zhangjia
):
    words = "公开事项,公开时限,责任人\n村级财务收支情况,每月10日前,会计\n水费收缴,公示20天,文书\n"
    page = upload(administrator, words, zhangjia.id).text
    assert "其他（保留）" in page
    assert re.search(r"会改：</b>时限（时限现在是“[^”]+”）", page)
    doubtful = page.split("都读懂了", maxsplit=1)[0]
    assert "没有写什么时候公开" in doubtful


def test_what_a_person_decides_is_what_is_imported(administrator, zhangjia):
    form = fields(upload(administrator, OWN, zhangjia.id))
    unread = next(name for name in form if name == "text-1")
    form |= {unread: "每季度一次", "rule-2": "1", "publisher-2": "collective"}
    looked = administrator.post("/desk/catalog/import/look", data=form)
    assert "至少每季度一次" in looked.text or "每季度一次" in looked.text
    form = fields(looked)
    assert (form["text-1"], form["rule-2"], form["publisher-2"]) == (
        "每季度一次",
        "1",
        "collective",
    )
    done = administrator.post("/desk/catalog/import/confirm", data=form, follow_redirects=True)
    assert "目录已导入，共3项" in done.text
    owed = titles(zhangjia)
    assert owed["水费收缴"].time_limit.every == "quarter"
    assert owed["路灯电费"].time_limit.every == "year"
    assert owed["路灯电费"].publisher == "collective"
    assert rows(ProposedImport, zhangjia) == 0


def test_what_was_decided_once_is_remembered_at_the_next_import(administrator, zhangjia):
    form = fields(upload(administrator, OWN, zhangjia.id)) | {"text-1": "每季度一次"}
    administrator.post("/desk/catalog/import/confirm", data=form)
    again = import_file.compare_import(
        zhangjia.site,
        zhangjia.zheng,
        zhangjia.id,
        import_file.read_upload(OWN.encode(), "目录.csv"),
    )
    assert {row.arrival for row in again.rows} == {"same"}


def test_a_row_that_is_not_ticked_stays_out(administrator, zhangjia):
    form = fields(upload(administrator, OWN, zhangjia.id))
    del form["take-2"]
    administrator.post("/desk/catalog/import/confirm", data=form)
    assert "路灯电费" not in titles(zhangjia)


def test_what_the_township_ticks_as_obligatory_no_village_can_drop(administrator, zhangjia):
    form = fields(upload(administrator, OWN))
    del form["must-2"]
    administrator.post("/desk/catalog/import/confirm", data=form)
    page = administrator.get(f"/desk/catalog?village={zhangjia.id}").text
    droppable = set(re.findall(r'name="drop-([^"]+)"', page))
    offered = re.findall(r'name="days-([^"]+)"', page)
    imported = [code for code in offered if ".x" in code]
    assert len(imported) == 2
    assert len(set(imported) & droppable) == 1


def test_a_cancelled_import_leaves_nothing(administrator, zhangjia):
    upload(administrator, OWN, zhangjia.id)
    done = administrator.post("/desk/catalog/import/cancel", follow_redirects=True)
    assert "没有导入" in done.text
    assert (rows(ProposedImport, zhangjia), rows(CatalogImport, zhangjia)) == (0, 0)
    gone = administrator.post("/desk/catalog/import/confirm", data={}, follow_redirects=True)
    assert "请重新选择" in gone.text


def test_a_day_in_the_past_is_refused_and_what_was_typed_stays(administrator, zhangjia):
    form = fields(upload(administrator, OWN, zhangjia.id))
    form |= {"from_on": "2020-01-01", "text-1": "每季度一次"}
    page = administrator.post("/desk/catalog/import/confirm", data=form)
    assert page.status_code == 422
    assert "新的目录最早从2026年10月10日起施行" in page.text
    assert fields(page)["text-1"] == "每季度一次"
    assert fields(page)["from_on"] == "2020-01-01"
    assert rows(CatalogImport, zhangjia) == 0


def test_of_a_refused_file_only_its_own_decisions_come_back(administrator, zhangjia):
    """Rows go by their numbers, and another file has the same ones."""
    upload(administrator, OWN, zhangjia.id)
    waiting = propose_import.proposal(zhangjia.site, zhangjia.zheng)
    left_out = {number: RowChoice(taken=False) for number in range(3)}
    asked = waiting, date(2027, 1, 1), left_out, NOON
    job = order_import.order_import(zhangjia.site, zhangjia.zheng, *asked)
    upload(administrator, "公开事项,公开时限\n水渠维修,每季度一次\n", zhangjia.id)
    order_import.CATALOG.work_on(zhangjia.site, job, lambda: NOON, lambda: False)
    page = administrator.get(f"/desk/catalog/import/{job}")
    assert "已经不是这份文件了" in page.text
    said = fields(page)
    assert (said["take-0"], said["from_on"]) == ("1", "")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("目录.pdf", b"%PDF-1.7 ..."),
        ("目录.xlsx", b"PK\x03\x04 broken"),
        ("目录.csv", "姓名,身份证\n张三,11010519491231002X\n".encode()),
        ("目录.csv", "公开事项,公开时限\n张三11010519491231002X低保,每月\n".encode()),
        ("", b""),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_in_one_sentence(
    administrator, zhangjia, name, data
):
    page = upload(administrator, data, zhangjia.id, name)
    assert page.status_code == 422
    assert "没有办成" in page.text
    assert "11010519491231002X" not in page.text
    assert rows(ProposedImport, zhangjia) == 0


def test_every_published_catalog_can_be_looked_through_and_confirmed(administrator, zhangjia):
    for file in sorted(CATALOGS.glob("*.csv")):
        page = upload(administrator, file.read_bytes(), zhangjia.id, file.name)
        assert "现在什么都还没有改" in page.text, file.name
        for word in ("None", "recur", "unknown", "natural"):
            assert word not in re.sub(r"<[^>]*>", "", page.text), (file.name, word)
        done = administrator.post(
            "/desk/catalog/import/confirm", data=fields(page), follow_redirects=True
        )
        assert "目录已导入" in done.text, file.name


@pytest.mark.parametrize("path", ["", "/look", "/confirm", "/cancel"])
def test_only_the_administrator_imports(signed_in, path):
    assert signed_in("li").post(f"/desk/catalog/import{path}").status_code == 403
