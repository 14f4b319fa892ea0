"""What a language knows of itself, and of the addresses of its pages."""

import pytest

from bulletin.domain.languages.language import CHINESE, Language

TIBETAN = Language("bo", "བོད་ཡིག")


@pytest.mark.parametrize(
    ("language", "url", "address"),
    [
        (CHINESE, "https://gk.cn/N/7K", "https://gk.cn/N/7K"),
        (TIBETAN, "https://gk.cn/N/7K", "https://gk.cn/N/7K?lang=bo"),
        (TIBETAN, "/V/1/feed.ics?x=1#a", "/V/1/feed.ics?x=1&lang=bo#a"),
    ],
)
def test_an_address_says_its_language_unless_it_is_chinese(language, url, address):
    assert language.address(url) == address
