"""The command line as people type it: a real process, a real folder, one clear line for a fault."""

import json
import os
import zipfile
from pathlib import Path

import docx
import pytest
from sqlalchemy import select
from support.commands import bulletin
from support.paths import SCHEDULES

from bulletin.domain.days import village_day
from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.outlets.late_outlets import late_outlets
from bulletin.settings import read_settings
from bulletin.sheets.board_photos import read_paper, read_photo
from bulletin.sheets.qr import decode
from bulletin.store.outlets import outlets_on
from bulletin.store.people import Person, actor_of
from bulletin.web.request_context import read_clock
from bulletin.wiring import open_site

pytestmark = pytest.mark.slow
NOW = "2026-10-09T12:00"
ID_NUMBER = "11010519491231002X"


def notices(data):
    return json.loads(bulletin("notices", "list", "--json", data=data).stdout)


def test_the_demo_prints_addresses_sign_ins_and_one_notices_way_to_the_scanned_page(demo):
    _, said = demo
    assert "http://127.0.0.1:8000/" in said
    for role in (
        "信息员",
        "村务监督委员会成员",
        "村民委员会主任",
        "乡镇专职信息员",
        "乡镇分管领导",
        "乡镇督查",
        "管理员",
    ):
        assert role in said
    for station in ("目录", "应公开", "审查", "确认", "登记", "发布", "打印", "张贴", "扫码"):
        assert station in said
    assert "200 OK" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mode; the folder's owner decides")
def test_other_accounts_of_the_machine_read_the_public_site_and_nothing_else(demo, tmp_path):
    data, _ = demo
    site = tmp_path / "site"
    said = bulletin(
        *["export", "--lang", "zh-CN", "--base-url", "https://gk.example.gov.cn"], site, data=data
    ).stdout
    assert "0 changed, 0 deleted, 0 as before" in " ".join(said.split())
    kept, shown = ([p for p in f.rglob("*") if p.is_file()] for f in (data, site))
    assert {data / "secret", data / "bulletin.db"} <= set(kept)
    assert [path for path in kept if path.stat().st_mode & 0o077] == []
    assert [path for path in shown if not path.stat().st_mode & 0o004] == []


def test_the_demo_run_twice_does_no_harm(demo):
    data, first = demo
    before = notices(data)
    again = bulletin("demo", "--no-serve", data=data)
    assert notices(data) == before
    assert [line for line in first.splitlines() if "zhangjia" in line] == [
        line for line in again.stdout.splitlines() if "zhangjia" in line
    ]


def test_the_demo_holds_every_state_and_seventeen_villages(demo):
    data, _ = demo
    states = {row["state"] for row in notices(data)}
    assert states == {"draft", "in_review", "scheduled", "published", "taken_down", "cancelled"}
    villages = {
        row["village"] for row in json.loads(bulletin("duties", "--json", data=data).stdout)
    }
    assert len(villages - {""}) == 17


def test_the_demo_shows_an_outlet_that_is_late_and_one_that_has_all(demo):
    data, _ = demo
    site = open_site(read_settings(data))
    now = read_clock()
    with site.sessions.reading() as session:
        overseer = session.scalars(select(Person).where(Person.login == "xiang-ducha")).one()
        actor = actor_of(session, overseer, village_day(now))
        kinds = {each.kind: each.name for each in session.scalars(outlets_on(1, village_day(now)))}
    assert set(kinds) == {OutletKind.WEBSITE, OutletKind.CHAT, OutletKind.BROADCAST}
    assert kinds[OutletKind.CHAT] in {each.outlet for each in late_outlets(site, actor, now)}
    assert kinds[OutletKind.BROADCAST] not in {
        each.outlet for each in late_outlets(site, actor, now)
    }
    site.sessions.close()


def test_lists_carry_the_promised_fields(demo):
    data, _ = demo
    (row, *_) = notices(data)
    assert {
        "code",
        "edition",
        "number",
        "title",
        "village",
        "publisher",
        "items",
        "state",
        "late_days",
        "publish_at",
        "opens_on",
        "closes_on",
        "url",
    } <= row.keys()
    (duty, *_) = json.loads(bulletin("duties", "--json", "--village", "张家村", data=data).stdout)
    assert {
        "village",
        "publisher",
        "item",
        "period",
        "rule_on",
        "due_on",
        "standing",
        "late_days",
        "notices",
    } <= duty.keys()
    (board, *_) = json.loads(bulletin("boards", "list", "--json", data=data).stdout)
    assert {"id", "village", "name"} <= board.keys()
    (shown, *_) = json.loads(bulletin("notices", "show", row["code"], "--json", data=data).stdout)
    assert shown["code"] == row["code"]


def test_a_sheet_is_written_as_pdf_and_as_pictures_with_readable_codes(demo, tmp_path):
    data, _ = demo
    rows = notices(data)
    code = next(
        r["code"] for r in rows if r["state"] == "published" and r["closes_on"] > "2026-10-01"
    )
    edition = next(r["edition"] for r in rows if r["code"] == code)
    bulletin("sheet", code, "-o", tmp_path / "a.pdf", data=data)
    scans = [scan for page in decode((tmp_path / "a.pdf").read_bytes()) for scan in page]
    assert {(scan.code, scan.edition) for scan in scans} == {(code, edition)}
    said = bulletin(
        "sheet", code, "-o", tmp_path / "b.png", "--paper", "a3", data=data
    ).stdout.split()
    read = [seen.scan for name in said for seen in read_photo(Path(name).read_bytes()).codes]
    assert {(scan.code, scan.edition) for scan in read} == {(code, edition)}


def test_a_cover_is_written_beside_the_sheet_and_its_code_is_no_page(demo, tmp_path):
    data, _ = demo
    row = next(
        r for r in notices(data) if "村级财务收支" in r["title"] and r["state"] == "published"
    )
    bulletin("sheet", row["code"], "--cover", "-o", tmp_path / "cover.png", data=data)
    picture = (tmp_path / "cover.png").read_bytes()
    assert read_photo(picture).codes == ()
    assert [said.rsplit("/", 1)[1] for said in read_paper(picture)] == [row["code"]]


def test_a_draft_is_written_without_a_code(demo, tmp_path):
    data, _ = demo
    code = next(r["code"] for r in notices(data) if r["state"] == "draft")
    bulletin("sheet", code, "-o", tmp_path / "draft.pdf", data=data)
    assert decode((tmp_path / "draft.pdf").read_bytes()) == [[]]


def test_verify_is_silent_about_a_sound_site_and_names_an_altered_sheet(demo, tmp_path):
    data, _ = demo
    bulletin("verify", data=data)
    files = sorted((data / "files").rglob("*"))
    sheet = next(f for f in files if f.is_file() and f.read_bytes().startswith(b"%PDF"))
    kept = sheet.read_bytes()
    sheet.write_bytes(kept.replace(b"%PDF-1.7", b"%PDF-1.4"))
    said = bulletin("verify", "--json", data=data, expect=1).stdout
    sheet.write_bytes(kept)
    (altered,) = json.loads(said)["altered"]
    assert altered["what"].startswith("sheet of ")


def test_a_backup_is_rehearsed_and_restored_and_never_over_a_site(demo, tmp_path):
    data, _ = demo
    file = tmp_path / "site.zip"
    bulletin("backup", file, data=data)
    rehearsed = bulletin("restore", file, "--rehearse", data=tmp_path / "nowhere").stdout
    assert "verified" in rehearsed
    assert not (tmp_path / "nowhere" / "bulletin.db").exists()
    assert "verified" in bulletin("restore", file, data=tmp_path / "new").stdout
    assert len(notices(tmp_path / "new")) == len(notices(data))
    assert "empty data folder" in bulletin("restore", file, data=data, expect=1).stderr


def test_privacy_names_file_kind_place_and_mask_and_never_the_value(tmp_path):
    file = tmp_path / "名单.csv"
    file.write_text(f"姓名,身份证号\n马示例,{ID_NUMBER}\n", encoding="gb18030")
    done = bulletin("privacy", file, "--json", expect=1)
    rows = json.loads(done.stdout)
    assert {"id_number", "column"} <= {row["kind"] for row in rows}
    assert all(row.keys() == {"file", "kind", "place", "masked"} for row in rows)
    assert ID_NUMBER not in done.stdout + done.stderr
    clean = tmp_path / "clean.txt"
    clean.write_text("本季度收入24,000.00元，监督电话0972-8320000。", encoding="utf-8")
    assert json.loads(bulletin("privacy", clean, "--json").stdout) == []


def test_privacy_names_what_it_did_not_read_and_gives_no_tick(tmp_path):
    file, clean = tmp_path / "公示.docx", tmp_path / "公示.txt"
    document = docx.Document()
    document.save(file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/unheard-of.bin", b"x")
    clean.write_text("本季度收入24,000.00元。", encoding="utf-8")
    done = bulletin("privacy", file, "--json", expect=3)
    assert json.loads(done.stdout) == [
        {"file": str(file), "kind": "unread", "place": "word/unheard-of.bin", "masked": ""}
    ]
    assert "needs a person's eyes" in done.stderr
    ticks = [
        line
        for line in bulletin("privacy", file, clean, expect=3).stdout.split("\n")
        if "✓" in line
    ]
    assert len(ticks) == 1
    assert "公示.txt" in ticks[0]


def test_privacy_says_the_worst_that_it_met(tmp_path):
    picture, found, broken = tmp_path / "a.png", tmp_path / "b.txt", tmp_path / "c.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    found.write_text(f"身份证{ID_NUMBER}", encoding="utf-8")
    broken.write_bytes(b"%PDF-1.7\n1 0 obj")
    bulletin("privacy", picture, expect=3)
    bulletin("privacy", picture, found, expect=1)
    done = bulletin("privacy", picture, found, broken, "--json", expect=1)
    assert [row["kind"] for row in json.loads(done.stdout)] == ["id_number", "unread", "unread"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "已损坏"),
        ("a.docx", b"PK\x03\x04 and no more", "已损坏"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
        ("a.zip", b"PK\x05\x06" + bytes(18), "不认识"),
        ("a.exe", bytes(range(256)), "不认识"),
        ("a.txt", b"", "空的"),
    ],
)
def test_privacy_counts_a_file_that_cannot_be_opened_as_unread(tmp_path, name, data, why):
    file = tmp_path / name
    file.write_bytes(data)
    done = bulletin("privacy", file, "--json", expect=3)
    (row,) = json.loads(done.stdout)
    assert (row["file"], row["kind"], row["masked"]) == (str(file), "unread", "")
    assert row["place"].startswith("整个文件：")
    assert why in row["place"]
    assert why in done.stderr
    assert "✓" not in bulletin("privacy", file, expect=3).stdout


def test_a_township_starts_for_real(tmp_path):
    villages = tmp_path / "villages.csv"
    villages.write_text(
        "code,name,phone,board\n630223202214,张家村,0972-8320000,\n", encoding="gb18030"
    )
    data = tmp_path / "data"
    done = bulletin(
        "init",
        "--township",
        "红崖子沟乡",
        "--code",
        "630223202",
        "--county",
        "互助土族自治县",
        "--villages",
        villages,
        "--now",
        NOW,
        data=data,
    )
    assert "1 villages" in done.stdout
    assert "one-time password" in done.stdout
    assert (data / "checkpoint.key").exists(), "a copy of the folder has all that signs"
    duties = json.loads(bulletin("duties", "--json", "--now", NOW, data=data).stdout)
    assert any(
        d["item"] == "finance.quarterly_accounts" and d["due_on"] == "2026-10-15" for d in duties
    )
    again = bulletin(
        "init", "--township", "甲乡", "--code", "1", "--county", "乙县", data=data, expect=1
    )
    assert "login_taken" in again.stderr
    again = bulletin(
        "init",
        "--township",
        "红崖子沟乡",
        "--code",
        "630223202",
        "--county",
        "互助土族自治县",
        "--admin",
        "another",
        data=data,
        expect=1,
    )
    assert "township_exists" in again.stderr
    bulletin("migrate", data=data)
    bulletin("tick", data=data)
    bulletin("check", data=data, expect=1)  # no public address yet
    said = bulletin("check", data=data, BULLETIN_PUBLIC_URL="https://gk.huzhu.gov.cn").stdout
    assert "维吾尔文 (Uyghur" in said
    assert f"into the folder {(data / 'fonts').resolve()}, then restart" in said


def test_a_real_site_asks_before_it_acts_as_of_another_moment_and_a_jump_can_be_ended(tmp_path):
    data, ahead = tmp_path / "data", "2090-01-02T09:00"
    bulletin("init", "--township", "甲乡", "--code", "630223299", "--county", "乙县", data=data)
    asked = bulletin("tick", "--now", ahead, data=data, expect=130)
    assert "This is a real site" in asked.stdout + asked.stderr
    bulletin("duties", "--now", ahead, data=data)  # looking is no act
    assert "nothing to do" in bulletin("correct-clock", data=data).stdout
    bulletin("tick", "--now", ahead, data=data, BULLETIN_REHEARSAL="true")
    listed = bulletin("correct-clock", data=data, expect=130).stdout
    assert "2090年1月2日 09:00" in listed
    bulletin("correct-clock", "--yes", data=data)
    assert "nothing to do" in bulletin("correct-clock", data=data).stdout
    assert "the clock had been ahead" in " ".join(bulletin("verify", data=data).stdout.split())


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("notices", "list"), 1, "bulletin init"),
        (("notices", "show", "XXXXXXXXXX"), 1, "bulletin init"),
        (("tick", "--now", "gestern"), 2, "ISO 8601"),
        (("duties", "--from", "2026-13-01"), 2, "2026-10-10"),
        (("sheet", "XXXXXXXXXX", "-o", "x.docx"), 2, ".pdf or .png"),
        (("privacy", "/nowhere/at/all.txt"), 2, "does not exist"),
        (("catalog", "check", "/nowhere.yaml"), 2, "does not exist"),
        (("serve", "--port", "99999"), 2, "65535"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_bad_input_ends_in_a_clear_line_and_a_status(tmp_path, args, status, said):
    data = None if args == ("frobnicate",) else tmp_path / "empty"
    done = bulletin(*args, data=data, expect=status)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_catalog_names_file_line_and_item(tmp_path):
    broken = tmp_path / "catalog.yaml"
    text = (SCHEDULES / "catalog.yaml").read_text(encoding="utf-8")
    broken.write_text(text.replace("    posting:", "    postin:", 1), encoding="utf-8")
    done = bulletin("catalog", "check", broken, expect=1)
    assert f"{broken}, line " in done.stderr
    assert "postin" in done.stderr


def test_catalog_show_lists_every_item_with_its_law():
    rows = json.loads(bulletin("catalog", "show", "--json").stdout)
    assert len(rows) >= 40
    assert all(row["bases"] for row in rows)


@pytest.mark.parametrize("args", [("--help",), ("demo", "--help"), ("notices", "list", "--help")])
def test_every_command_explains_itself(args):
    assert "Usage" in bulletin(*args).stdout


def test_a_wrong_setting_stops_the_start_with_its_name_and_the_remedy(tmp_path):
    done = bulletin("check", data=tmp_path, expect=1, BULLETIN_REHEARSAL="maybe")
    assert "BULLETIN_REHEARSAL" in done.stderr
    assert "true or false" in done.stderr
