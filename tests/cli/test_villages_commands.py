"""bulletin villages: renamed and merged from the machine as from the desk."""

import pytest
from support.clock import NOON
from support.commands import bulletin

from bulletin.services.public import place_pages

pytestmark = pytest.mark.slow


def test_a_village_is_renamed_and_merged(settings, zhangjia):
    def run(*args, expect=0):
        database = {"BULLETIN_DATABASE_URL": settings.database_url}
        given = (*args, "--yes", "--now", NOON.isoformat())
        return bulletin("villages", *given, data=settings.data, expect=expect, **database).stdout

    assert "is 新张村 from today on" in run("rename", "张家村", "新张村")
    assert "takes over" in run("merge", "新张村", "白马村")
    old = place_pages.village_page(zhangjia.site, "630223202214", NOON)
    assert (old.place.name, old.successor.name) == ("新张村", "白马村")
    run("merge", "新张村", "白马村", expect=1)
