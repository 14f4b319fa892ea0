"""Kinds of values that commands take: a moment, a day, a file to be written."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from bulletin.domain.days import VILLAGE_ZONE


class Moment(click.ParamType[datetime]):
    """An ISO 8601 moment; without a zone it is village time."""

    name = "ISO 8601"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 moment, such as 2026-10-10T09:00", param, ctx)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=VILLAGE_ZONE)
        return zoned.astimezone(UTC)


class Day(click.ParamType[date]):
    """A legal day, such as 2026-10-10."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day, such as 2026-10-10", param, ctx)


class OutputFile(click.Path):
    """A file to be written: of a kind that the command makes, into a folder that is there."""

    def __init__(self, *endings: str) -> None:
        super().__init__(dir_okay=False, path_type=Path)
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.suffix.lower() not in self.endings:
            self.fail(f"the name must end in {' or '.join(self.endings)}", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent}", param, ctx)
        return path
