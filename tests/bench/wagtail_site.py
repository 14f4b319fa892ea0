"""A Wagtail site with one page of our bytes, for `public.py`: in a virtual environment of its own, made once.

    python tests/bench/wagtail_site.py FOLDER

Gunicorn comes along: the same one serves ours, the bare view, and Wagtail.
"""

import subprocess
import sys
import venv
from pathlib import Path

PACKAGES = ("wagtail>=6,<8", "gunicorn", "waitress")
SETTINGS = """
from .base import *
DEBUG = False
SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
LOGGING = {"version": 1, "disable_existing_loggers": True}
"""
MODEL = """from django.db import models
from wagtail.models import Page


class HomePage(Page):
    body = models.TextField(default="")
"""
CREATE = """
from home.models import HomePage
page = HomePage.objects.first()
page.body = open(BODY, encoding="utf-8").read()
page.save_revision().publish()
"""


def python_of(folder: Path) -> Path:
    """The interpreter of the environment, with gunicorn and Wagtail."""
    python = folder / "venv" / "bin" / "python"
    if not (folder / "venv" / "ready").exists():
        venv.create(folder / "venv", with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *PACKAGES],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        (folder / "venv" / "ready").touch()
    return python


def prepare(folder: Path, page: bytes) -> Path:
    """The project's folder; its front page has these bytes as its text, and a little frame around them."""
    python, project = python_of(folder), folder / "project"
    if not project.exists():
        project.mkdir()
        wagtail = python.with_name("wagtail")
        subprocess.run([wagtail, "start", "peer", str(project)], check=True, capture_output=True)
        (project / "peer" / "settings" / "bench.py").write_text(SETTINGS)
        (project / "home" / "models.py").write_text(MODEL)
        template = project / "home" / "templates" / "home" / "home_page.html"
        template.write_text("{{ page.body|safe }}")
        _manage(python, project, "makemigrations", "home")
        _manage(python, project, "migrate")
    body = project / "body.html"
    body.write_bytes(page)
    _manage(python, project, "shell", "-c", CREATE.replace("BODY", repr(str(body))))
    return project


def _manage(python: Path, project: Path, *words: str) -> None:
    command = [python, "manage.py", *words, "--settings=peer.settings.bench"]
    subprocess.run(command, cwd=project, check=True, capture_output=True)


if __name__ == "__main__":
    sys.stdout.write(f"{prepare(Path(sys.argv[1]), b'<p>ok</p>')}\n")
