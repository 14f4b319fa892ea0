"""`bulletin coverage` for the office and the county."""

import json

import pytest
from support.commands import bulletin

pytestmark = pytest.mark.slow


def test_the_demo_township_is_summed_village_by_village(demo, tmp_path):
    data, _ = demo
    cells = json.loads(bulletin("coverage", "--json", data=data).stdout)
    assert {"village", "item", "label", "due_on", "state", "reason"} <= cells[0].keys()
    (township,) = json.loads(bulletin("coverage", "--by-township", "--json", data=data).stdout)
    assert township["township"] == "红崖子沟乡"
    assert township["waiting"] == sum(cell["state"] == "waiting" for cell in cells)
    opened = bulletin("coverage", "--township", township["code"], "--json", data=data)
    assert json.loads(opened.stdout) == cells
    assert "合计" in bulletin("coverage", data=data).stdout
    file = tmp_path / "公开情况.xlsx"
    assert f"{len(cells)} cells" in bulletin("coverage", "-o", file, data=data).stdout
    assert file.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--period", "2026-Q9"), "is no period"),
        (("-o", "x.pdf"), ".xlsx or .csv"),
    ],
)
def test_what_makes_no_sense_is_one_clear_line(demo, options, sentence):
    done = bulletin("coverage", *options, data=demo[0], expect=2)
    assert sentence in done.stderr


def test_a_county_overseer_gets_a_password_and_loses_the_sight(settings, zhangjia):
    def county(*args, expect=0):
        database = {"BULLETIN_DATABASE_URL": settings.database_url}
        return bulletin("county", *args, data=settings.data, expect=expect, **database)

    assert "county overseer:   feng" in county("add", "Feng", "--name", "冯示例").stdout
    assert "one-time password" in county("password", "feng").stdout
    assert "no more" in county("end", "feng").stdout
    assert "no county overseer 'feng'" in county("end", "feng", expect=1).stderr


def test_a_township_that_the_site_does_not_hold_is_named(demo):
    done = bulletin("coverage", "--township", "999", data=demo[0], expect=1)
    assert "no township '999'" in done.stderr
