"""声音文件: a broadcast script, read by the township's own engine.

It is made anew whenever somebody asks: nothing of a notice is left lying where a removal would not find it.
"""

import logging
from dataclasses import dataclass

from bulletin.domain.errors import refuse
from bulletin.services.outlets.script import BroadcastScript
from bulletin.services.site import Site
from bulletin.writers.broadcast.speech_engine import SpeechError

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class SoundFile:
    name: str  # 广播稿-7KQ2M4XW9C.1.wav
    media_type: str
    data: bytes


def sound_file(site: Site, script: BroadcastScript) -> SoundFile:
    """What the engine makes of the Chinese of a script; what people wrote in another language, people read.

    Raises:
        Refused: there is no engine, or it made no sound, and why.
    """
    if site.speech is None:
        raise refuse("no_speech", "这个网站没有接上念稿子的程序。")
    chinese = [line.words for line in script.lines if line.language is None]
    try:
        sound = site.speech.sound_of("\n".join([*chinese, ""]))
    except SpeechError as error:
        log.warning("BULLETIN_SPEECH: %s", error)
        remedy = "请告诉管理这个网站的人。稿子可以先照着念。"
        raise refuse("no_sound", f"{error.fault.sentence}{remedy}") from error
    return SoundFile(
        name=f"广播稿-{script.code}.{script.edition}.{sound.ending}",
        media_type=sound.media_type,
        data=sound.data,
    )


def speech_fault(site: Site) -> str:
    """What the engine can't do, in English: it reads a word, so that a missing voice is found; '' when it can."""
    if site.speech is None:
        return ""
    try:
        site.speech.sound_of("试音。\n")
    except SpeechError as error:
        return str(error)
    return ""
