"""init: a new data folder with its township, villages and first administrator."""

import csv
from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from bulletin.cli.context import CommandContext, pass_acting_context
from bulletin.cli.params import Day
from bulletin.domain.errors import BulletinError
from bulletin.services.operations import check
from bulletin.services.operations.set_up import NewTownship, set_up
from bulletin.services.people.passwords import new_password
from bulletin.services.places.create import NewVillage
from bulletin.services.transparency.checkpoint import verifier_key

COLUMNS = ("code", "name", "phone", "board")


@click.command()
@click.option("--township", "name", required=True, help="红崖子沟乡")
@click.option("--code", required=True, help="Its statistical code, 9 figures.")
@click.option("--county", required=True, help="互助土族自治县")
@click.option("--phone", default="", help="Its 监督电话, as it is printed.")
@click.option(
    "--villages",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV with the columns code,name,phone,board.",
)
@click.option(
    "--adopt-from",
    type=Day(),
    help="The day from which the standard catalog is in force (default: today).",
)
@click.option(
    "--admin", default="admin", show_default=True, help="The first administrator's login."
)
@pass_acting_context
def init(
    context: CommandContext,
    name: str,
    code: str,
    county: str,
    phone: str,
    villages: Path | None,
    adopt_from: date | None,
    admin: str,
) -> None:
    """Create a data folder: tables, township, villages, first administrator."""
    listed = _read_villages(villages) if villages else []
    site = context.open()
    check.migrate(site)
    password = new_password()
    township = NewTownship(
        code=code,
        name=name,
        county=county,
        phone=phone,
        villages=tuple(listed),
        adopt_from=adopt_from or context.today,
        admin=admin,
        password=password,
    )
    # Made now, since other machines get a copy of a folder that has all; and first, since the password is said once.
    verifier_key(context.site)
    counts = set_up(context.site, township, context.now)
    click.echo(f"{county}{name}: {counts.villages} villages, {counts.duties} duties opened")
    click.echo(f"first administrator: {admin}\none-time password:   {password}")
    address = "" if context.site.public_url else "set BULLETIN_PUBLIC_URL, then "
    click.echo(f"next: {address}`bulletin serve`")


def _read_villages(file: Path) -> list[tuple[NewVillage, str]]:
    text = _text_of(file)
    reader = csv.DictReader(text.splitlines())
    missing = {"code", "name"} - set(reader.fieldnames or ())
    if missing:
        raise BulletinError(f"{file}: the first line must name the columns {','.join(COLUMNS)}")
    rows = []
    for line, row in enumerate(reader, 2):
        code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
        if not code.isdecimal() or not name:
            raise BulletinError(f"{file}, line {line}: needs a code of figures and a name")
        village = NewVillage(code, name, (row.get("phone") or "").strip())
        rows.append((village, (row.get("board") or "").strip()))
    return rows


def _text_of(file: Path) -> str:
    data = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise BulletinError(f"{file}: no text; save the table as “CSV UTF-8”")


COMMANDS = (init,)
