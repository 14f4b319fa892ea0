"""For the people who run the machine: readiness, metrics, logs."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON
from werkzeug.test import Client

from bulletin.cli.logs import JsonLines
from bulletin.domain.errors import Misconfigured
from bulletin.settings import read_settings
from bulletin.web.metrics import create_metrics
from bulletin.wiring import make_app, open_site


def test_a_site_is_ready_when_its_database_stands_at_this_release(
    app, resident, database, tmp_path
):
    assert resident.get("/readyz").get_json() == {"status": "ready"}
    folder = tmp_path / "new"
    folder.mkdir()
    settings = database.settings(folder)
    database.copy_to("empty", settings)
    site = open_site(settings)
    empty = make_app(settings, site).test_client()
    assert empty.get("/healthz").status_code == 200
    assert empty.get("/readyz").status_code == 503
    site.sessions.close()
    database.drop(settings)


def test_metrics_tell_what_is_due_and_are_no_page_of_the_site(zhangjia, resident):
    due = NOON + timedelta(hours=1)
    a_notice(zhangjia, NOON, publish_at=due).approved()
    page = Client(create_metrics(zhangjia.site, lambda: due)).get("/metrics").text
    assert "bulletin_due_unpublished 1.0" in page
    assert "bulletin_publication_lateness_seconds_max_1d 0.0" in page
    assert resident.get("/metrics").status_code == 404


def test_of_a_part_that_is_gone_metrics_leave_out_what_only_it_knows(zhangjia):
    page = Client(create_metrics(zhangjia.site, lambda: NOON)).get("/metrics").text
    assert "bulletin_database_up 1.0" in page
    with zhangjia.site.sessions.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE heartbeat RENAME TO gone")
    answer = Client(create_metrics(zhangjia.site, lambda: NOON)).get("/metrics")
    assert answer.status_code == 200
    assert "bulletin_database_up 0.0" in answer.text
    assert "bulletin_due_unpublished" not in answer.text
    assert "bulletin_workers 1.0" in answer.text


@pytest.mark.parametrize("address", ["0.0.0.0:9108", "8.8.8.8:9108", "127.0.0.1", "metrics:9108"])
def test_metrics_are_never_put_on_a_public_address(tmp_path, address):
    with pytest.raises(Misconfigured, match=r"127\.0\.0\.1:9108"):
        read_settings(tmp_path, {"BULLETIN_METRICS": address})


def test_logs_name_the_door_and_the_outcome_and_nobody(app, signed_in, zhangjia, caplog):
    caplog.set_level(logging.INFO)
    notice = a_notice(zhangjia, NOON, title="张某某的救助")
    signed_in("li").get(f"/desk/notices/{notice.code}?q=张某某", headers={"User-Agent": "secret"})
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    last = next(line for line in reversed(lines) if line["where"] == "bulletin.web.access_log")
    assert (last["door"], last["method"], last["status"]) == ("notices.notice", "GET", 200)
    for private in ("张某某", "李示例", "127.0.0.1", "secret", notice.code, zhangjia.password):
        assert private not in json.dumps(lines, ensure_ascii=False)


def test_a_fault_in_the_database_names_no_value(zhangjia, app, caplog):
    site = replace(zhangjia.site)
    with site.sessions.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person RENAME TO persons")
    answer = app.test_client().post(
        "/sign-in", data={"login": "li-secret", "password": "pass-secret"}
    )
    assert answer.status_code == 500
    said = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "person" in said, "the fault itself is logged"
    assert "secret" not in said
    assert "secret" not in answer.text
