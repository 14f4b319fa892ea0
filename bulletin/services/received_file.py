"""A file as somebody hands it in: of a kind that is taken, a picture upright and without the data of its camera."""

from dataclasses import dataclass

from bulletin.domain.errors import refuse
from bulletin.domain.notices.content_serialization import clean
from bulletin.readers.file_types import sniff
from bulletin.sheets.photos import normalised

MAX_UPLOAD = 20 * 1024 * 1024  # bytes
_MAX_NAME = 120  # characters; the end of a longer name says more than its beginning


@dataclass(frozen=True)
class ReceivedFile:
    name: str  # that no disk and no address takes for a folder
    data: bytes
    media_type: str

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


def received_file(name: str, data: bytes) -> ReceivedFile:
    """What is kept of it.

    Raises:
        Refused: too large, or none of the kinds that may be handed in.
    """
    if len(data) > MAX_UPLOAD:
        raise refuse("too_large", f"文件超过{MAX_UPLOAD // 1024 // 1024}兆。请压缩后再传。")
    media_type = sniff(data, name)
    if media_type.startswith("image/"):
        data, media_type = normalised(data)
    plain = clean(name).replace("/", "／").replace("\\", "＼")
    return ReceivedFile(plain[-_MAX_NAME:], data, media_type)
