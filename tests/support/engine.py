"""A speech engine for tests: a real program that reads the text and writes a real sound file."""

import shlex
import sys
from pathlib import Path

from bulletin.writers.broadcast.speech_engine import SpeechEngine, read_command

SPEAKS = """
import os, sys, time, wave
text, sound, how = open(sys.argv[1], encoding="utf-8").read(), sys.argv[2], sys.argv[3]
if how == "slow":
    time.sleep(60)
if how == "child":
    if not os.fork():
        time.sleep(2)
        open(sys.argv[4], "w").write("went on")
        os._exit(0)
    time.sleep(60)
if how == "large":
    with open(sound, "wb") as file:
        while True:
            file.write(bytes(65536))
            file.flush()
            time.sleep(0.001)
if how == "large elsewhere":
    import tempfile
    file = tempfile.NamedTemporaryFile(delete=False)
    with open(sys.argv[4], "w", encoding="utf-8") as trace:
        trace.write(file.name)
    while True:
        file.write(bytes(65536))
        file.flush()
        time.sleep(0.001)
if how == "folders":
    import shutil
    while True:
        for number in range(50):
            os.makedirs(f"part{number}/of")
        for number in range(50):
            shutil.rmtree(f"part{number}")
if how == "fails":
    print("first", "no voice called cmn", sep=chr(10), file=sys.stderr)
    sys.exit(3)
if how == "words":
    open(sound, "w", encoding="utf-8").write(text)
if how in ("mp3", "ogg"):
    begins = {"mp3": b"ID3" + bytes(9), "ogg": b"OggS" + bytes(9)}
    open(f"{sound}.{how}", "wb").write(begins[how])
if how == "wav":
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * 8000 * len(text.splitlines())))
if how == "secrets":
    left = [name for name in os.environ if name.startswith("BULLETIN_")]
    sys.exit(f"{left} {os.listdir('.')}")
"""


def engine_line(folder: Path, how: str = "wav", *more: str) -> str:
    """The command line of an engine that behaves in some way: a second of silence for each line, as WAV."""
    script = folder / "engine of a township.py"  # a blank in a path is nothing special
    script.write_text(SPEAKS, encoding="utf-8")
    parts = (sys.executable, str(script), "{text}", "{sound}", how, *more)
    return shlex.join(parts)


def an_engine(folder: Path, how: str = "wav", *more: str) -> SpeechEngine:
    engine = read_command(engine_line(folder, how, *more))
    assert engine is not None
    return engine
