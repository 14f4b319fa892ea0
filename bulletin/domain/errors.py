"""What the site answers when it cannot do what was asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason, as data: a code for programs, and a Chinese sentence for people.

    The sentence says what is wrong and what to do, for the person at the screen.
    """

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class BulletinError(Exception):
    """What a page or the command line shows as an answer; any other exception is a bug."""


class Refused(BulletinError):
    """The rules say no. Carries every reason, not the first one."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("；".join(refusal.sentence for refusal in refusals))
        self.refusals = refusals

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(refusal.code for refusal in self.refusals)


class NotFoundError(BulletinError):
    """There is no such thing, or not for the one who asks."""


class Conflict(BulletinError):
    """Somebody else changed it first; nothing of either is lost."""


class Misconfigured(BulletinError):
    """A file or setting is wrong: says which one, where and the remedy, in English for the CLI."""


def refuse(code: str, sentence: str) -> Refused:
    """Build the refusal of one reason."""
    return Refused(Refusal(code, sentence))
