"""A language in which the public pages can be read: Chinese is the source, a catalog holds each other one."""

from dataclasses import dataclass, field

from bulletin.domain.languages.sentences import Messages, Sentence, say

# Translators: how this language calls itself, for example English. Without it the file is refused.
OWN_NAME = say("中文")


@dataclass(frozen=True)
class Language:
    tag: str  # BCP 47: en, bo, mn-Mong
    name: str  # what it calls itself
    messages: Messages = field(default_factory=dict, repr=False)
    right_to_left: bool = False

    def words(self, text: object) -> str:
        """A text in this language, if it can be translated; else as it is."""
        return text.translated(self.messages) if isinstance(text, Sentence) else str(text)


CHINESE = Language("zh-CN", str(OWN_NAME))
