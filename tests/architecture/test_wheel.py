"""The wheel works in an empty folder: templates, schedules and fonts travel inside it."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from support.paths import ROOT


@pytest.mark.slow
def test_an_installed_wheel_runs_in_an_empty_folder(tmp_path):
    dist, empty = tmp_path / "dist", tmp_path / "empty"
    empty.mkdir()
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(dist), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = dist.glob("*.whl")
    # The dependencies are those of this environment; the package itself comes from the wheel.
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, system_site_packages=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", python]  # putting another there takes longest
    subprocess.run([*pip, "install", "-q", "--no-deps", wheel], check=True, capture_output=True)
    purelib = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    borrowed = [p for p in sys.path if p.endswith("site-packages")]
    (Path(purelib) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")

    def run(*args):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("BULLETIN_", "PYTHON"))}
        return subprocess.run(
            [python, "-m", "bulletin", *args],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=empty,
            env=clean,
        ).stdout

    where = subprocess.run(
        [python, "-c", "import bulletin; print(bulletin.__file__)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=empty,
    ).stdout
    assert str(home) in where
    assert len(json.loads(run("catalog", "show", "--json"))) >= 40
    run("init", "--township", "甲乡", "--code", "630223202", "--county", "乙县", "--data", "data")
    assert "duties" in run("tick", "--data", "data")
    shape = (
        "from pathlib import Path; import bulletin; p = Path(bulletin.__file__).parent; "
        "print(*(f.relative_to(p) for f in p.rglob('*') if f.suffix in {'.ttf', '.typ', '.html', '.css', '.js', '.txt'}))"
    )
    held = subprocess.run(
        [python, "-c", shape], check=True, capture_output=True, text=True, cwd=empty
    ).stdout
    for needed in (
        "notice.typ",
        "NotoSerifSC_400Regular.ttf",
        "NotoSerifSC_700Bold.ttf",
        "base.html",
        "resident.css",
        "editor.js",
        "common_passwords.txt",
    ):
        assert needed in held
