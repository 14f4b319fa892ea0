"""声音文件: a township's own engine, started without a shell, bounded in time and in what it writes."""

import os
import time
import wave
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from support.engine import an_engine

from bulletin.writers.broadcast.speech_engine import (
    SpeechEngine,
    SpeechError,
    SpeechFault,
    read_command,
)


def test_the_engine_reads_a_file_and_its_sound_is_real(tmp_path):
    sound = an_engine(tmp_path).sound_of("第一句。\n第二句。\n第三句。\n")
    assert (sound.media_type, sound.ending) == ("audio/wav", "wav")
    with wave.open(BytesIO(sound.data)) as heard:
        assert heard.getnframes() / heard.getframerate() == 3


@pytest.mark.parametrize(("how", "media_type"), [("mp3", "audio/mpeg"), ("ogg", "audio/ogg")])
def test_an_engine_may_give_its_file_an_ending(tmp_path, how, media_type):
    sound = an_engine(tmp_path, how).sound_of("一。")
    assert (sound.media_type, sound.ending) == (media_type, how)


@pytest.mark.parametrize(
    ("how", "fault", "said"),
    [
        ("fails", SpeechFault.FAILED, "status 3 no voice called cmn"),
        ("words", SpeechFault.NO_SOUND, ""),
        ("nothing", SpeechFault.NO_SOUND, ""),
        ("slow", SpeechFault.SLOW, ""),
        ("large", SpeechFault.LARGE, ""),
        ("folders", SpeechFault.SLOW, ""),  # which come and go while they are measured
    ],
)
def test_what_makes_no_sound_is_named_and_ended(tmp_path, how, fault, said):
    engine = replace(an_engine(tmp_path, how), seconds=1, most=500_000)
    begun = time.monotonic()
    with pytest.raises(SpeechError) as raised:
        engine.sound_of("一。")
    assert raised.value.fault is fault
    assert said in str(raised.value)
    assert time.monotonic() - begun < 10


def test_what_the_engine_started_ends_with_it(tmp_path):
    trace = tmp_path / "trace"
    engine = replace(an_engine(tmp_path, "child", str(trace)), seconds=0.5)
    with pytest.raises(SpeechError):
        engine.sound_of("一。")
    time.sleep(2.5)
    assert not trace.exists()


def test_its_passing_files_are_bounded_and_gone_with_it_wherever_it_would_put_them(tmp_path):
    trace = tmp_path / "trace"
    engine = replace(an_engine(tmp_path, "large elsewhere", str(trace)), seconds=5, most=500_000)
    with pytest.raises(SpeechError) as raised:
        engine.sound_of("一。")
    assert raised.value.fault is SpeechFault.LARGE
    assert not Path(trace.read_text(encoding="utf-8")).exists()


def test_on_windows_what_the_engine_started_ends_with_it_too(tmp_path, monkeypatch):
    trace, called = tmp_path / "trace", tmp_path / "called"
    taskkill = tmp_path / "taskkill"
    taskkill.write_text(f'#!/bin/sh\necho "$1 $2 $3" > {called}\nkill -KILL "-$4"\n')
    taskkill.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delattr(os, "killpg")
    engine = replace(an_engine(tmp_path, "child", str(trace)), seconds=0.5)
    with pytest.raises(SpeechError):
        engine.sound_of("一。")
    time.sleep(2.5)
    assert not trace.exists()
    assert called.read_text().split() == ["/T", "/F", "/PID"]


def test_a_program_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(SpeechError, match="no-such-engine") as raised:
        SpeechEngine(("no-such-engine", "{text}", "{sound}")).sound_of("一。")
    assert raised.value.fault is SpeechFault.MISSING
    broken = tmp_path / "broken"
    broken.write_text("\x00 no program", encoding="utf-8")
    broken.chmod(0o755)
    with pytest.raises(SpeechError) as raised:
        SpeechEngine((str(broken), "{text}", "{sound}")).sound_of("一。")
    assert raised.value.fault is SpeechFault.FAILED


def test_the_engine_sees_no_setting_of_ours_and_nothing_but_its_text(tmp_path, monkeypatch):
    monkeypatch.setenv("BULLETIN_MAIL", "mailtos://user:secret@smtp.example.cn")
    with pytest.raises(
        SpeechError, match=r"\[\] \['(text.txt|errors.txt)', '(text.txt|errors.txt)'\]"
    ):
        an_engine(tmp_path, "secrets").sound_of("一。")


def test_no_shell_reads_the_command():
    engine = read_command("espeak-ng -v cmn -f {text} -w {sound}.wav '; rm -rf $HOME'")
    assert engine is not None
    assert engine.command[-1] == "; rm -rf $HOME"
    assert engine.command[-2] == "{sound}.wav"
    assert read_command("  ") is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("espeak-ng -f {text}", "no {sound} in it"),
        ("espeak-ng -w {sound}", "no {text} in it"),
        ("{text} {sound}", "no {text} in it"),
        ("espeak-ng '{text} {sound}", "quotation"),
    ],
)
def test_a_command_that_can_not_work_says_why(line, words):
    with pytest.raises(ValueError, match=words):
        read_command(line)
