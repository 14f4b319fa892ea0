"""宣教 at the desk."""

from io import BytesIO

import pytest

COURSE = {
    "kind": "training",
    "held_on": "2026-03-05",
    "topic": "公开台怎么用",
    "due": "34",
    "came": "31",
    "handouts": "40",
}


def test_a_training_is_recorded_with_its_material_and_counted(signed_in):
    wang = signed_in("wang")
    form = COURSE | {"materials": (BytesIO("怎么用".encode()), "说明.txt")}
    answer = wang.post("/desk/trainings", data=form, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    page = signed_in("wu").get("/desk/trainings").text
    assert "培训1次，应到34人次，实到31人次" in page
    assert "说明.txt" in page
    assert signed_in("wu").get("/desk/trainings/materials/1").data.decode() == "怎么用"
    assert wang.post("/desk/trainings/1/void", data={"reason": "重复"}).status_code == 302
    assert "培训0次" in wang.get("/desk/trainings").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "party"}, "请选是培训还是宣传"),
        ({"held_on": ""}, "请填日期"),
        ({"came": "很多"}, "要写一个整数"),
        ({"came": "35"}, "比应到34人还多"),
    ],
)
def test_what_was_typed_wrong_comes_back_with_the_reason(signed_in, change, said):
    answer = signed_in("wang").post("/desk/trainings", data=COURSE | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert "公开台怎么用" in answer.text


def test_villages_have_none_of_it(signed_in):
    li = signed_in("li")
    assert li.get("/desk/trainings").status_code == 404
    assert li.post("/desk/trainings", data=COURSE).status_code == 404
