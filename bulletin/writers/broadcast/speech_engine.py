"""声音文件: a township's own speech engine, a program that reads a text file and writes a sound file.

It is started without a shell, in a folder of its own that is gone afterwards, without our settings in its environment;
its time and whatever it writes are bounded.
"""

import os
import shlex
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from shutil import which

TEXT, SOUND = "{text}", "{sound}"
MAX_SECONDS = 100  # a web server in front waits for two minutes
MAX_BYTES = 60 * 1024**2  # twenty minutes of WAV
MAX_SAID = 300  # bytes of a complaint
_LOOK_EVERY = 0.05  # seconds
_MAX_ENDING = 10  # seconds
_OURS = "BULLETIN_"  # settings hold passwords
_PASSING = ("TMPDIR", "TEMP", "TMP")  # where programs put files that they need for a while
_MP3_FRAMES = tuple(bytes([0xFF, each]) for each in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2))


class SpeechFault(Enum):
    """What can go wrong, for the administrator in English and for whoever asked for the sound."""

    MISSING = "the program is not there", "念稿子的程序没有找到。"
    FAILED = "the program failed", "念稿子的程序出错了。"
    SLOW = (
        f"the program took more than {MAX_SECONDS} seconds",
        f"念稿子的程序{MAX_SECONDS}秒还没有念完，停下了。可以选“只念一遍”再试。",
    )
    LARGE = (
        f"the program wrote more than {MAX_BYTES // 1024**2} MB",
        "念稿子的程序写的文件太大，停下了。",
    )
    NO_SOUND = "the program wrote no WAV, MP3 or OGG", "念稿子的程序没有写出声音文件。"

    @property
    def what(self) -> str:
        return self.value[0]

    @property
    def sentence(self) -> str:
        return self.value[1]


class SpeechError(Exception):
    """There is no sound, and why."""

    def __init__(self, fault: SpeechFault, said: str = "") -> None:
        super().__init__(f"{fault.what}: {said}" if said else fault.what)
        self.fault = fault


@dataclass(frozen=True)
class Sound:
    data: bytes
    media_type: str
    ending: str  # wav, mp3, ogg


@dataclass(frozen=True)
class SpeechEngine:
    """A command with `{text}` and `{sound}` where the paths of the two files stand."""

    command: tuple[str, ...]
    seconds: float = MAX_SECONDS
    most: int = MAX_BYTES

    def sound_of(self, text: str) -> Sound:
        """What the engine makes of a text, in UTF-8, a sentence or a few on each line.

        Raises:
            SpeechError: there is no such program, it failed, took too long, or wrote too much or no sound.
        """
        program = which(self.command[0])
        if program is None:
            raise SpeechError(SpeechFault.MISSING, self.command[0])
        with tempfile.TemporaryDirectory(
            prefix="bulletin-speech-", ignore_cleanup_errors=True
        ) as name:
            folder = Path(name)
            written = folder / "text.txt"
            written.write_text(text, encoding="utf-8")
            self._run([str(Path(program).absolute()), *self.command[1:]], folder, written)
            return _sound_in(folder)

    def _run(self, parts: list[str], folder: Path, written: Path) -> None:
        paths = {TEXT: str(written), SOUND: str(folder / "sound")}
        command = [_with_paths(part, paths) for part in parts]
        with (folder / "errors.txt").open("wb") as errors:
            process = _start(command, folder, errors.fileno())
            try:
                status = self._wait(process, folder)
            finally:
                _end(process)
        if status:
            raise SpeechError(SpeechFault.FAILED, f"status {status} {_last_line(folder)}".strip())

    def _wait(self, process: subprocess.Popen[bytes], folder: Path) -> int:
        until = time.monotonic() + self.seconds
        while True:
            try:
                status = process.wait(_LOOK_EVERY)
            except subprocess.TimeoutExpired:
                status = None
            if _size_of(folder) > self.most:
                raise SpeechError(SpeechFault.LARGE)
            if status is not None:
                return status
            if time.monotonic() > until:
                raise SpeechError(SpeechFault.SLOW)


def read_command(line: str) -> SpeechEngine | None:
    """A command line as the setting has it; None for an empty one.

    Raises:
        ValueError: says what is wrong with it.
    """
    parts = tuple(shlex.split(line))
    if not parts:
        return None
    for field in (TEXT, SOUND):
        if not any(field in part for part in parts[1:]):
            raise ValueError(f"no {field} in it")
    return SpeechEngine(parts)


def _with_paths(part: str, paths: dict[str, str]) -> str:
    for field, path in paths.items():
        part = part.replace(field, path)
    return part


def _start(command: list[str], folder: Path, errors: int) -> subprocess.Popen[bytes]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    own |= dict.fromkeys(_PASSING, str(folder))
    try:
        return subprocess.Popen(  # noqa: S603 - the administrator's own command, and no shell
            command,
            cwd=folder,
            env=own,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,  # so that what it started itself ends with it
        )
    except OSError as error:
        raise SpeechError(SpeechFault.FAILED, error.strerror or "") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of it goes on, whatever it started; on Windows only while the program itself still runs."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        _end_tree(process)
    process.wait()


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """Windows knows no groups, but whose child each process is, as long as the parent lives."""
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 - nothing of it but a number is from outside
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607 - Windows' own
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_MAX_ENDING,
            check=False,
        )
    process.kill()


def _size_of(folder: Path) -> int:
    total = 0
    for inside, folders, files in os.walk(folder):  # says nothing of a folder that is gone again
        for name in (*folders, *files):
            with suppress(OSError):  # gone again
                total += os.lstat(Path(inside, name)).st_size
    return total


def _last_line(folder: Path) -> str:
    """Of what it said before it gave up."""
    with (folder / "errors.txt").open("rb") as said:
        said.seek(max(0, said.seek(0, os.SEEK_END) - MAX_SAID))
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


def _sound_in(folder: Path) -> Sound:
    """What the engine wrote, whatever ending its command gave the file."""
    for file in sorted(folder.glob("sound*")):
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            if kind := _kind_of(data):
                return Sound(data, *kind)
    raise SpeechError(SpeechFault.NO_SOUND, _last_line(folder))


def _kind_of(data: bytes) -> tuple[str, str] | None:
    """Media type and ending, told by how the file begins."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav", "wav"
    if data[:4] == b"OggS":
        return "audio/ogg", "ogg"
    return ("audio/mpeg", "mp3") if data[:3] == b"ID3" or data[:2] in _MP3_FRAMES else None
