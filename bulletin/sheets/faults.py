"""What goes wrong between an approved edition and its paper."""

from bulletin.domain.refusals import Refusal, Refused


class SheetUnreadable(Refused):
    """A sheet that must not be handed out: its code cannot be read back, or a part is missing."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(Refusal(code, sentence))
