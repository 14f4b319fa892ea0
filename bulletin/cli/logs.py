"""Logs as one JSON object a line, without personal data: who did what stands in the history."""

import json
import logging
from datetime import UTC, datetime

_AS_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: each request has a line


class JsonLines(logging.Formatter):
    """`at, level, where, said`, the request's own fields, and a fault's traceback."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "where": record.name,
            "said": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            fields["fault"] = self.formatException(record.exc_info)
        return _AS_JSON.encode(fields)


def log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # its jobs speak for themselves
