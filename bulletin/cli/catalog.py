"""catalog: check a file, show what a village owes."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from bulletin.cli.roof import Day, Session, as_json, console, pass_session, say_json
from bulletin.domain.catalog import GROUP_WORDS, Catalog, item_json
from bulletin.services.catalogs import catalog_of, read_catalog_file
from bulletin.services.places import village_id_of


@click.group()
def catalog() -> None:
    """The catalog (公开事项目录) of what must be disclosed."""


@catalog.command("check")
@click.argument(
    "file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@pass_session
def check(session: Session, file: Path | None) -> None:
    """Check a catalog file (default: the packaged one): wrong keys, impossible rules, missing bases."""
    path = file or session.roof.schedules() / "catalog.yaml"
    found = read_catalog_file(path)
    click.echo(f"{path}: {len(found.items)} items, version {found.version}: sound")


@catalog.command("show")
@click.option("--village", help="As this village adopted it (default: the standard).")
@click.option("--township", is_flag=True, help="As the township adopted it for itself.")
@click.option("--on", type=Day(), help="As in force on this day.")
@as_json
@pass_session
def show(session: Session, village: str | None, township: bool, on: Any, as_json: bool) -> None:
    """Show the items: title, publisher, time limit, legal basis."""
    if village or township:
        village_id = village_id_of(session.house, village)
        found = catalog_of(session.house, village_id, on or session.today)
    else:
        found = read_catalog_file(session.roof.schedules() / "catalog.yaml")
    if as_json:
        say_json([item_json(item) for item in found.items])
    else:
        _say(found)


def _say(found: Catalog) -> None:
    table = Table("类", "代码", "事项", "时限", "公示", "依据", box=None, header_style="bold")
    for item in found.items:
        unit = "日" if item.posting_unit == "natural" else "个工作日"
        table.add_row(
            GROUP_WORDS[item.group], item.code, item.title, item.deadline_text,
            f"{item.posting_days}{unit}", item.bases[0].words() if item.bases else "",
        )  # fmt: skip
    console.print(table)


COMMANDS = (catalog,)
