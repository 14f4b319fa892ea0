"""宣教 as the office records it, and a year of it as the annual report counts it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.trainings import NewTraining, TrainingCounts, TrainingKind
from bulletin.services.oversight.annual_report.figures import field_values, figures_of
from bulletin.services.oversight.trainings.overview import (
    counts_for,
    material_file,
    training_lines,
    year_counts,
)
from bulletin.services.oversight.trainings.record import (
    declare_training_void,
    record_training,
)
from bulletin.store.file_references import kept_digests

COURSE = NewTraining(
    kind=TrainingKind.TRAINING,
    held_on=date(2026, 3, 5),
    topic="公开台怎么用",
    place="乡政府三楼",
    due=34,
    came=31,
    handouts=40,
)
MARKET = NewTraining(
    kind=TrainingKind.PUBLICITY, held_on=date(2026, 9, 25), topic="赶集宣传", came=60, handouts=300
)


def a_picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (80, 60), "white").save(file, "PNG")
    return file.getvalue()


def codes(refused):
    return list(refused.value.codes)


def test_a_year_is_counted_by_kind_and_a_slip_counts_no_longer(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    files = [("课件.png", a_picture())]
    record_training(site, wang, COURSE, NOON, files=files)
    record_training(site, zhangjia.tian, MARKET, NOON)
    record_training(site, wang, replace(COURSE, held_on=date(2025, 12, 31)), NOON)
    slip = record_training(site, wang, COURSE, NOON)
    declare_training_void(site, wang, slip, "登记了两遍", NOON)
    counted = TrainingCounts(trainings=1, due=34, came=31, publicity=1, handouts=340, materials=1)
    assert counts_for(site, zhangjia.wu, 2026) == counted
    with site.sessions.reading() as session:
        assert year_counts(session, wang.township_id, 2026) == counted
        assert year_counts(session, wang.township_id, 2024) == TrainingCounts(
            trainings=0, due=0, came=0, publicity=0, handouts=0, materials=0
        )
    lines = training_lines(site, wang).lines
    assert [line.void_reason for line in lines if line.id == slip] == ["登记了两遍"]


def test_the_annual_report_names_it(zhangjia):
    record_training(zhangjia.site, zhangjia.wang, COURSE, NOON)
    record_training(zhangjia.site, zhangjia.wang, MARKET, NOON)
    figures = figures_of(zhangjia.site, zhangjia.wang, 2026)
    words = field_values(zhangjia.site, zhangjia.wang, 2026, NOON, figures)
    assert {name: words[name] for name in ("培训", "培训人次", "宣传活动", "宣传资料")} == {
        "培训": "1",
        "培训人次": "31",
        "宣传活动": "1",
        "宣传资料": "340",
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"topic": " "}, "topic_missing"),
        ({"held_on": date(2026, 10, 10)}, "training_in_future"),
        ({"due": 0, "came": 0}, "due_missing"),
        ({"came": 35}, "came_too_many"),
        ({"handouts": 10**6}, "count_too_large"),
        ({"named": "张某 13912345678"}, "personal_data"),
    ],
)
def test_what_cannot_have_been_is_refused(zhangjia, change, code):
    with pytest.raises(Refused) as refused:
        record_training(zhangjia.site, zhangjia.wang, replace(COURSE, **change), NOON)
    assert codes(refused) == [code]


def test_the_office_records_and_villages_see_nothing(zhangjia):
    site = zhangjia.site
    for who in (zhangjia.li, zhangjia.wu):
        with pytest.raises(Refused) as refused:
            record_training(site, who, COURSE, NOON)
        assert codes(refused) == ["not_your_role"]
    record_training(site, zhangjia.wang, COURSE, NOON)
    assert len(training_lines(site, zhangjia.wu).lines) == 1
    assert not training_lines(site, zhangjia.li).lines
    assert counts_for(site, zhangjia.li, 2026) is None


def test_material_is_kept_with_the_backup_and_for_staff(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    record_training(site, wang, COURSE, NOON, files=[("现场.png", a_picture())])
    data, media_type, name = material_file(site, wang, 1)
    assert (media_type.startswith("image/"), name) == (True, "现场.png")
    assert Image.open(BytesIO(data)).size == (80, 60)
    with pytest.raises(NotFoundError):
        material_file(site, zhangjia.li, 1)
    with site.sessions.reading() as session:
        assert len(kept_digests(session)) == 1
    with pytest.raises(Refused) as refused:
        record_training(site, wang, COURSE, NOON, files=[("病毒.exe", b"MZ\x90")])
    assert codes(refused) == ["file_unknown"]
