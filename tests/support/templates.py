"""A template that one application compiled is ready for the next one's.

Each copy of the site, and each test of another setting, makes an application of its own: compiling its templates took
longer than what was asked of it. What is compiled depends on the template's text alone, which Jinja compares.
"""

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


class _Kept(BytecodeCache):
    """Compiled templates of this process."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


def share_compiled_templates() -> None:
    """From now on the applications of this process compile each template once."""
    Flask.jinja_options = {"bytecode_cache": _Kept()}
