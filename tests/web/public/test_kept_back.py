"""What the township does not disclose by itself is named with its reason, and its content is nowhere."""

import pytest
from sqlalchemy import select
from support.clock import NOON

from bulletin.copy_reader import copy_site
from bulletin.domain.duties.attributes import Attribute
from bulletin.domain.errors import Refused
from bulletin.services.attributes.propose_attribute import accept_attribute, propose_attribute
from bulletin.services.duties.mark_not_applicable import revoke_not_applicable
from bulletin.services.notices import end
from bulletin.services.notices.drafts import draft, start
from bulletin.services.outlets.share import phone_pictures
from bulletin.store.duties import Duty

TOWNSHIP, VILLAGE = "/V/630223202", "/V/630223202214"
SECRET = "补偿谈判底价三千元"
WHY = "正在谈判，公开会影响谈判"
DOCUMENT = {"blocks": [{"type": "paragraph", "text": SECRET}]}


@pytest.fixture
def duty(zhangjia):
    """One of the township that has its day, of which a draft was written and thrown away."""
    site, tian = zhangjia.site, zhangjia.tian
    with site.sessions.reading() as session:
        own = select(Duty.id).where(Duty.village_id.is_(None), Duty.due_on.is_not(None))
        duty_id = session.scalar(own)
    code = start.start(site, tian, [duty_id], NOON)
    draft.save(site, tian, code, NOON, version=1, title=f"{SECRET}公示", document=DOCUMENT)
    with pytest.raises(Refused):
        propose_attribute(site, tian, duty_id, Attribute.WITHHELD, WHY, NOON)
    end.cancel(site, tian, code, "", NOON)
    return duty_id, code


def _found(zhangjia, duty_id, attribute=Attribute.ON_REQUEST):
    propose_attribute(zhangjia.site, zhangjia.tian, duty_id, attribute, WHY, NOON)
    accept_attribute(zhangjia.site, zhangjia.chen, duty_id, NOON)


def test_the_item_its_attribute_its_reason_and_where_to_apply_are_named(zhangjia, resident, duty):
    duty_id, _code = duty
    catalog = f"{TOWNSHIP}/catalog"
    assert "没有主动公开的" not in resident.get(catalog).text
    propose_attribute(zhangjia.site, zhangjia.tian, duty_id, Attribute.ON_REQUEST, WHY, NOON)
    assert WHY not in resident.get(catalog).text, "nobody looked a second time"
    accept_attribute(zhangjia.site, zhangjia.chen, duty_id, NOON)
    page = resident.get(catalog).text.partition('id="kept-back"')[2]
    for words in ("依申请公开", WHY, "第二十七条", f'href="{TOWNSHIP}/apply"'):
        assert words in page, words
    led = resident.get(f"{VILLAGE}/catalog").text
    assert f'href="{catalog}#kept-back"' in led
    assert WHY not in led
    revoke_not_applicable(zhangjia.site, zhangjia.tian, duty_id, NOON)
    assert WHY not in resident.get(catalog).text, "it is owed again"


def test_who_does_not_agree_reads_where_to_turn(zhangjia, resident, duty):
    _found(zhangjia, duty[0], Attribute.WITHHELD)
    page = resident.get(f"{TOWNSHIP}/catalog").text
    assert "不予公开" in page
    assert "第五十一条" in page


@pytest.mark.slow
@pytest.mark.sqlite_only(reason="pages and files are the same on both")
def test_the_content_is_nowhere(zhangjia, settings, resident, duty, tmp_path):
    duty_id, code = duty
    _found(zhangjia, duty_id, Attribute.WITHHELD)
    site = zhangjia.site
    copy_site(settings, site, tmp_path / "copy", "https://gk.huzhu.example.cn", NOON)
    files = (file for file in (tmp_path / "copy").rglob("*") if file.is_file())
    pages = {str(file): file.read_bytes() for file in files}
    feeds = (f"{TOWNSHIP}/feed.{form}" for form in ("atom", "rss", "json"))
    for address in (*feeds, "/feed.json", f"/N/{code}", f"/N/{code}.1", f"/N/{code}/paper.pdf"):
        pages[address] = resident.get(address).data
    pages["find"] = resident.get(
        "/find", query_string={"q": SECRET[:4]}, follow_redirects=True
    ).data
    assert len(pages) > 10
    assert {name for name, data in pages.items() if SECRET.encode() in data} == set()
    with pytest.raises(Refused):
        phone_pictures(site, zhangjia.tian, code, NOON)
