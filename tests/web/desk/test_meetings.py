"""会议: one form; the photo of the minutes is for staff."""

import io

import pytest
from PIL import Image

FORM = {
    "kind": "representatives",
    "held_on": "2026-10-08",
    "due": "45",
    "came": "30",
    "title_1": "西社渠道维修方案",
    "text_1": "投资三万元。",
    "in_favour_1": "29",
    "against_1": "1",
}


def a_photo():
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (150, 60, 40)).save(out, "JPEG")
    return io.BytesIO(out.getvalue()), "记录.jpg"


def test_a_meeting_is_recorded_in_one_step_and_its_decision_drafted(signed_in, resident):
    li = signed_in("li")
    page = li.post("/desk/meetings", data=FORM | {"minutes": a_photo()}, follow_redirects=True)
    assert "够三分之二以上（30），有效" in page.text
    here = page.request.path
    photo = li.get(f"{here}/minutes")
    assert (photo.status_code, photo.mimetype) == (200, "image/jpeg")
    assert resident.get(f"{here}/minutes").status_code == 302
    assert signed_in("zhou").get(f"{here}/minutes").status_code == 404
    assert "西社渠道维修方案" in signed_in("sun").get("/desk/meetings").text
    action = page.text.partition('action="/desk/meetings/')[2].partition('"')[0]
    assert li.post(f"/desk/meetings/{action}").location.endswith("/edit")
    assert "决议公开，最迟" in li.get(here).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"came": "46"}, "比应到45还多"),
        ({"in_favour_1": "30"}, "比实到30还多"),
        ({"kind": "picnic"}, "请选是什么会"),
        ({"due": ""}, "请填应到多少"),
        ({"minutes": (io.BytesIO(b"%PDF-1.4"), "记录.pdf")}, "拍照片"),
    ],
)
def test_a_form_with_a_fault_comes_back_as_it_was_typed(signed_in, change, said):
    answer = signed_in("li").post("/desk/meetings", data=FORM | change)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert 'value="西社渠道维修方案"' in answer.text


def test_who_only_reviews_records_none(signed_in):
    assert signed_in("sun").post("/desk/meetings", data=FORM).status_code == 403
    assert 'id="record"' not in signed_in("sun").get("/desk/meetings").text


def test_a_wrong_record_is_put_right_and_withdrawn_on_its_page(signed_in):
    li = signed_in("li")
    here = li.post("/desk/meetings", data=FORM | {"minutes": a_photo()}).location
    page = li.get(f"{here}/correct")
    assert 'value="西社渠道维修方案"' in page.text
    known = page.text.partition('name="decision_1" value="')[2].partition('"')[0]
    right = FORM | {"decision_1": known, "held_on": "2026-10-06", "drop_minutes": "1"}
    answer = li.post(f"{here}/correct", data=right)
    assert (answer.status_code, "请写明为什么更正" in answer.text) == (422, True)
    assert 'value="2026-10-06"' in answer.text
    page = li.post(f"{here}/correct", data=right | {"reason": "看错了日历"}, follow_redirects=True)
    assert "日期由2026年10月8日更正为10月6日；去掉会议记录的照片" in page.text
    assert li.get(f"{here}/minutes").status_code == 404
    page = li.post(f"{here}/withdraw", data={"reason": "记了两次"}, follow_redirects=True)
    assert "作废" in page.text
    assert "决议公开，起草" not in page.text
    assert li.get(f"{here}/correct").status_code == 404
    assert signed_in("sun").get(f"{here}/correct").status_code == 403
