"""What a sheet says of an edition, from the records."""

from io import BytesIO

from PIL import Image
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.notices.drafts.forward import HigherPaper, forward
from bulletin.services.printing.sheet_facts import sheet_facts
from bulletin.store.notices import Edition


def topic(village):
    with village.site.sessions.reading() as session:
        edition = session.scalars(select(Edition).order_by(Edition.id.desc())).first()
        return sheet_facts(session, village.site, edition, NOON).topic


def test_the_band_says_what_the_item_is_and_of_a_higher_bodys_paper_what_its_title_is(zhangjia):
    a_notice(zhangjia, NOON, title="关于第三季度的公开")
    assert topic(zhangjia) == "财务"
    a_notice(zhangjia, NOON, item="collective.accounts", title="关于集体收支的公开")
    assert topic(zhangjia) == "集体经济", "as the village's page lists it"
    scan = BytesIO()
    Image.new("RGB", (600, 850), "white").save(scan, "PNG")
    for title, word in (("关于医保缴费的通告", "政务"), ("关于发放种粮补贴的公示", "补贴")):
        paper = HigherPaper(title, "互助土族自治县医疗保障局")
        pages = [("通告.png", scan.getvalue())]
        forward(zhangjia.site, zhangjia.li, zhangjia.id, paper, pages, NOON)
        assert topic(zhangjia) == word
