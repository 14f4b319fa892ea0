"""What villagers say is sought in the words of the papers as well."""

import pytest

from bulletin.domain.search.everyday import in_the_papers
from bulletin.domain.search.query import read_words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("低保", ["最低生活保障"]),
        ("低保名单", ["最低生活保障", "名单"]),
        ("征地分红", ["征收土地", "收益分配"]),
        ("低保五保低保", ["最低生活保障", "特困人员", "最低生活保障"]),
        ("选举村委会", ["村民委员会选举"]),
        ("最低生活保障", []),
    ],
)
def test_all_that_people_say_is_written_as_the_papers_have_it(typed, written):
    (word,) = read_words(typed)
    assert [each.text for each in in_the_papers(word)] == written
