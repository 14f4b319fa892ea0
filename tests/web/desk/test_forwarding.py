"""转贴上级文件 in the browser."""

import io

from PIL import Image


def picture():
    held = io.BytesIO()
    Image.new("L", (620, 877), "white").save(held, "PNG")
    held.seek(0)
    return held, "通告.png"


def asked(**changed):
    return {
        "title": "关于缴费的通告",
        "issuer": "县医疗保障局",
        "number": "",
        "posting_days": "20",
        "scans": [picture()],
    } | changed


def test_a_liaison_uploads_a_scan_and_looks_at_the_draft(zhangjia, signed_in):
    li = signed_in("li")
    assert "转贴上级文件" in li.get("/desk/notices").text
    form = li.get("/desk/notices/forward").text
    assert f'name="village" value="{zhangjia.id}"' in form
    sent = asked(village=str(zhangjia.id))
    draft = li.post("/desk/notices/forward", data=sent, follow_redirects=True)
    assert draft.request.path.endswith("/edit")
    assert "关于缴费的通告" in draft.text
    page = li.get(draft.request.path.removesuffix("/edit")).text
    assert "<dt>公开主体</dt>" in page
    assert "<dt>依据</dt>" not in page, "the paper stands for itself"


def test_what_was_typed_stays_when_something_is_missing(zhangjia, signed_in):
    sent = asked(village=str(zhangjia.id), issuer="")
    answer = signed_in("li").post("/desk/notices/forward", data=sent)
    assert answer.status_code == 422
    assert "请写是哪个单位发的文件" in answer.text
    assert 'value="关于缴费的通告"' in answer.text


def test_another_villages_board_is_refused_and_others_have_no_such_form(zhangjia, signed_in):
    sent = asked(village=str(zhangjia.id))
    assert signed_in("zhou").post("/desk/notices/forward", data=sent).status_code == 403
    assert signed_in("sun").get("/desk/notices/forward").status_code == 403
    assert "转贴上级文件" not in signed_in("sun").get("/desk/notices").text
