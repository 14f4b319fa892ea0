"""The command line as people type it: a real process."""

import os
import subprocess
import sys


def bulletin(*args, data=None, expect=0, **environ):
    command = [sys.executable, "-m", "bulletin", *map(str, args)]
    if data is not None:
        command += ["--data", str(data)]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("BULLETIN_")}
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=clean | environ, check=False
    )
    assert done.returncode == expect, done.stderr + done.stdout
    return done
