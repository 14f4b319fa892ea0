"""How often a notice's page was opened."""

from typing import NamedTuple


class ReadTimes(NamedTuple):
    opened: int  # in all
    scanned: int  # of them from a paper's code

    def plus(self, other: "ReadTimes") -> "ReadTimes":
        return ReadTimes(self.opened + other.opened, self.scanned + other.scanned)

    @property
    def words(self) -> str:
        """看过137次，其中扫码90次."""
        scanned = f"，其中扫码{self.scanned}次" if self.scanned else ""
        return f"看过{self.opened}次{scanned}"
