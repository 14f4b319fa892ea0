"""A language in which the public pages can be read: Chinese is the source, a catalog holds each other one."""

from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit, urlunsplit

from bulletin.domain.languages.sentences import Messages, Sentence, say

# Translators: how this language calls itself, for example English. Without it the file is refused.
OWN_NAME = say("中文")
LANG = "lang"  # in the address of a page


@dataclass(frozen=True)
class Language:
    tag: str  # BCP 47: en, bo, mn-Mong
    name: str  # what it calls itself
    messages: Messages = field(default_factory=dict, repr=False)
    right_to_left: bool = False

    def words(self, text: object) -> str:
        """A text in this language, if it can be translated; else as it is."""
        return text.translated(self.messages) if isinstance(text, Sentence) else str(text)

    def address(self, url: str) -> str:
        """A public page in this language: what leads there from outside, a letter or a feed, says so."""
        if self.tag == CHINESE.tag:
            return url
        parts = urlsplit(url)
        query = "&".join(filter(None, (parts.query, urlencode({LANG: self.tag}))))
        return urlunsplit(parts._replace(query=query))


CHINESE = Language("zh-CN", str(OWN_NAME))
