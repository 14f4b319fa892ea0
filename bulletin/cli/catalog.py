"""catalog: check a file, compare two, import one, show what a village owes."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from bulletin.cli.context import (
    CommandContext,
    as_json,
    as_table,
    console,
    pass_acting_context,
    pass_command_context,
    print_json,
)
from bulletin.cli.params import Day
from bulletin.domain.catalog.differences import Arrival
from bulletin.domain.catalog.imports import Comparison, imported_json
from bulletin.domain.catalog.items import Catalog
from bulletin.domain.catalog.serialization import item_json
from bulletin.domain.formats import table_format_of
from bulletin.services.catalog import import_file as catalog_import_file
from bulletin.services.catalog.tables import (
    catalog_of,
    catalog_table,
    compare_files,
    read_catalog_file,
)

YAML = frozenset({".yaml", ".yml"})


@click.group()
def catalog() -> None:
    """The catalog (公开事项目录) of what must be disclosed."""


@catalog.command("check")
@click.argument(
    "file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@pass_command_context
def check(context: CommandContext, file: Path | None) -> None:
    """Check a catalog file (default: the packaged one): wrong keys, impossible rules, missing bases.

    Of XLSX, DOCX and CSV it says how many items were found and how many need a person's eyes.
    """
    path = file or context.factories.schedules() / "catalog.yaml"
    if path.suffix.lower() in YAML:
        catalog = read_catalog_file(path)
        click.echo(f"{path}: {len(catalog.items)} items, version {catalog.version}: sound")
        return
    upload = catalog_import_file.read_upload(path.read_bytes(), path.name)
    comparison = catalog_import_file.compare_with_standard(upload, _standard(context))
    doubtful = sum(imported.needs_review for imported in comparison.rows)
    click.echo(f"{path}: {len(comparison.rows)} items, {doubtful} with a time limit to look at")


@catalog.command("diff")
@click.argument("before", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("after", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json
@pass_command_context
def diff(context: CommandContext, before: Path, after: Path, as_json: bool) -> None:
    """What is new, changed and gone between two catalog files: YAML, XLSX, DOCX, CSV."""
    differences = compare_files(before, after, _standard(context))
    if as_json:
        print_json([vars(difference) for difference in differences])
        return
    table = Table("", "事项", "改了什么", box=None, header_style="bold")
    for difference in differences:
        fields = "、".join(difference.fields)
        table.add_row(difference.arrival.label, difference.title, fields)
    console.print(table)
    click.echo(f"{len(differences)} differences")


def _standard(context: CommandContext) -> Catalog:
    return read_catalog_file(context.factories.schedules() / "catalog.yaml")


@catalog.command("show")
@click.option("--village", help="As this village adopted it (default: the standard).")
@click.option("--township", is_flag=True, help="As the township adopted it for itself.")
@click.option("--on", type=Day(), help="As in force on this day (default: today).")
@as_table
@as_json
@pass_command_context
def show(
    context: CommandContext,
    village: str | None,
    township: bool,
    on: Any,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show the items: title, publisher, time limit, legal basis; a table has the ministries' columns."""
    if village or township:
        village_id = context.village_id(village)
        catalog = catalog_of(context.site, context.operator, village_id, on or context.today)
    else:
        catalog = _standard(context)
    if output is not None:
        _write(catalog, output)
    elif as_json:
        print_json([item_json(item) for item in catalog.items])
    else:
        _print_items(catalog)


@catalog.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--village", help="For this village: its own additions and times.")
@click.option("--township", is_flag=True, help="For the township: what its villages adopt from.")
@click.option(
    "--from", "from_on", type=Day(), help="Adopt it from this day on (default: see above)."
)
@click.option("--dry-run", is_flag=True, help="Show what would come of it; change nothing.")
@as_json
@pass_acting_context
def import_file(
    context: CommandContext,
    file: Path,
    village: str | None,
    township: bool,
    from_on: Any,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import a catalog from XLSX, DOCX or CSV.

    Every row shows what was understood, what was guessed and what a person should look at. A
    village adopts its import from --from on (default: as early as can be); the township's is
    adopted by itself and every village where --from is given, else on the page of the catalog.
    """
    if village and township:
        raise click.UsageError("--village and --township exclude each other")
    if not (village or township or dry_run):
        raise click.UsageError("say for whom: --village NAME or --township (or --dry-run to look)")
    comparison = _compared(context, file, village, from_on, dry_run=dry_run)
    if as_json:
        print_json(
            {
                "file": str(file),
                "dry_run": dry_run,
                "rows": [imported_json(imported) for imported in comparison.rows],
                "gone": [item.title for item in comparison.gone],
            }
        )
        return
    _print_comparison(comparison)
    if dry_run:
        click.echo("nothing was changed (--dry-run)")
    elif township and from_on is None:
        click.echo("imported; villages adopt it on the page 目录, or import again with --from DATE")
    else:
        click.echo("imported and adopted")


def _compared(
    context: CommandContext, file: Path, village: str | None, from_on: Any, *, dry_run: bool
) -> Comparison:
    upload = catalog_import_file.read_upload(file.read_bytes(), file.name)
    if dry_run and not context.has_site:
        return catalog_import_file.compare_with_standard(upload, _standard(context))
    village_id = context.village_id(village)
    if dry_run:
        return catalog_import_file.compare_import(
            context.site, context.operator, village_id, upload
        )
    return catalog_import_file.import_catalog(
        context.site, context.operator, village_id, upload, from_on, context.now
    )


def _print_comparison(comparison: Comparison) -> None:
    table = Table("", "事项", "时限", "规则", "请核对", box=None, header_style="bold")
    for imported in comparison.rows:
        rules = "；".join(rule.kind for rule in imported.reading.rules)
        doubts = (*imported.reading.notes, *imported.guesses, *imported.hints)
        table.add_row(
            imported.arrival.label,
            imported.row.title,
            imported.row.deadline_text,
            rules,
            "".join(doubts),
        )
    for item in comparison.gone:
        table.add_row(Arrival.GONE.label, item.title, item.deadline_text, "", "")
    console.print(table)


def _write(catalog: Catalog, output: Path) -> None:
    output.write_bytes(catalog_table(catalog, catalog.title, table_format_of(output)))
    click.echo(f"{output}: {len(catalog.items)} items")


def _print_items(catalog: Catalog) -> None:
    table = Table("类", "代码", "事项", "时限", "公示", "依据", box=None, header_style="bold")
    for item in catalog.items:
        unit = "日" if item.posting_unit == "natural" else "个工作日"
        table.add_row(
            item.group.label,
            item.code,
            item.title,
            item.deadline_text,
            f"{item.posting_days}{unit}",
            item.bases[0].words() if item.bases else "",
        )
    console.print(table)


COMMANDS = (catalog,)
