"""属性认定 on the page of a duty and in the queue of whoever looks a second time."""

import pytest
from sqlalchemy import select

from bulletin.store.duties import Duty


@pytest.fixture
def duty(zhangjia):
    with zhangjia.site.sessions.reading() as session:
        return session.scalar(
            select(Duty.id).where(Duty.village_id.is_(None), Duty.due_on.is_not(None))
        )


def test_one_proposes_and_another_decides(signed_in, duty):
    tian, chen = signed_in("tian"), signed_in("chen")
    url = f"/desk/duties/{duty}/attribute"
    assert "不主动公开？" in tian.get(f"/desk/duties/{duty}").text
    form = {"attribute": "withheld", "attribute_reason": "涉及商业秘密"}
    assert tian.post(url, data={**form, "attribute": ""}).status_code == 422
    refused = tian.post(url, data={**form, "attribute_reason": ""})
    assert (refused.status_code, "请写明理由" in refused.text) == (422, True)
    assert 'value="withheld" checked' in refused.text
    assert tian.post(url, data=form).status_code == 302
    assert "涉及商业秘密" in chen.get("/desk/reviews").text
    assert f"/desk/duties/{duty}#attribute" in chen.get("/desk").text
    assert "看过了，认定为不予公开" in chen.get(f"/desk/duties/{duty}").text
    assert tian.post(f"{url}/accept").status_code == 403
    assert chen.post(f"{url}/refuse", data={"attribute_reason": ""}).status_code == 422
    assert chen.post(f"{url}/refuse", data={"attribute_reason": "没有依据"}).status_code == 302
    assert "没有同意：没有依据" in tian.get(f"/desk/duties/{duty}").text
    tian.post(url, data=form)
    assert tian.post(f"{url}/withdraw").status_code == 302
    tian.post(url, data=form)
    assert chen.post(f"{url}/accept").status_code == 302
    assert "认定为不予公开：涉及商业秘密" in tian.get(f"/desk/duties/{duty}").text
    assert "等您再看一遍" not in chen.get("/desk/reviews").text
