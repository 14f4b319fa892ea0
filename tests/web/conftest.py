"""Residents' pages: of a site, of its copy, or drawn in an application that holds nothing else."""

from contextlib import contextmanager
from functools import partial

import pytest
from flask import Blueprint, Flask, render_template
from support.browser import served
from support.clock import NOON
from support.nginx import behind_nginx, needs_nginx
from support.paths import PAGE_TEMPLATES
from support.resident_pages import NOW, unmarked

from bulletin.copy_reader import copy_site
from bulletin.web import languages, rendering, style_sheets


@pytest.fixture(params=["live", pytest.param("copy", marks=needs_nginx)])
def shown(request, app, settings, site, tmp_path):
    """shown(): residents' pages as they are now, by the site itself or by its copy behind nginx; their address."""
    if request.param == "live":
        return partial(served, app)

    @contextmanager
    def copied():
        copy_site(settings, site, tmp_path / "copy", settings.public_url, NOON, frozenset())
        with behind_nginx(tmp_path / "copy", tmp_path / "nginx") as address:
            yield address

    return copied


@pytest.fixture(scope="module")
def bare_app():
    bare_app = Flask(
        "pages", template_folder=str(PAGE_TEMPLATES), static_folder=str(PAGE_TEMPLATES / "static")
    )
    languages.install(bare_app)
    rendering.install(bare_app)
    resident = Blueprint("public", __name__)
    for rule, name in {
        "/": "front",
        "/V/<code>": "village",
        "/V/<code>/<group>": "group_list",
        "/N/<tail>": "notice",
        "/N/<code>/paper.pdf": "paper",
    }.items():
        resident.add_url_rule(rule, name, lambda **_: "")
    bare_app.register_blueprint(resident)
    subscriptions = Blueprint("subscriptions", __name__)
    subscriptions.add_url_rule("/V/<code>/follow", "follow", lambda **_: "")
    bare_app.register_blueprint(subscriptions)
    check = Blueprint("paper_check", __name__)
    check.add_url_rule("/check", "check", lambda: "")
    bare_app.register_blueprint(check)
    for blueprint, rule, name in (
        ("find", "/find", "find"),
        ("ask", "/N/<tail>/ask", "about_notice"),
        ("records", "/V/<code>/catalog", "catalog"),
        ("records", "/V/<code>/coverage", "of_place"),
        ("records", "/V/<code>/coverage/<year>", "of_year"),
        ("records", "/T/<code>/coverage", "of_township"),
        ("records", "/V/<code>/matters", "matters_of"),
        ("records", "/V/<code>/meetings", "meetings_of"),
        ("ask", "/V/<code>/ask", "about_place"),
        ("apply", "/V/<code>/apply", "form"),
        ("dialogue", "/receipt", "receipt"),
        ("listen", "/N/<code>/listen", "listen"),
    ):
        bare_app.add_url_rule(rule, f"{blueprint}.{name}", lambda **_: "")
    transparency = Blueprint("transparency", __name__)
    transparency.add_url_rule("/N/<code>/check", "content_check", lambda **_: "")
    bare_app.register_blueprint(transparency)
    bare_app.register_blueprint(style_sheets.bp)
    return bare_app


@pytest.fixture(scope="module")
def show_marked(bare_app):
    """A page as it travels, with the marks of what no line breaks."""

    def show(page, template="notice", at="/N/7KQ2M4XW9C.1", **values):
        with bare_app.test_request_context(at):
            return render_template(f"public/{template}.html", page=page, now=NOW, **values)

    return show


@pytest.fixture(scope="module")
def show(show_marked):
    """A page as it is read."""
    return lambda *page, **values: unmarked(show_marked(*page, **values))
