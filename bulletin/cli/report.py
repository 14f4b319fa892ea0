"""report: the annual report of a township, and published ones against the rules of their form."""

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from bulletin.cli.context import CommandContext, as_json, console, pass_command_context, print_json
from bulletin.cli.params import OutputFile
from bulletin.domain.oversight.annual_report.findings import ReportFinding
from bulletin.services.oversight.annual_report.reporting_body import for_county
from bulletin.services.oversight.annual_report.townships_reports import townships_without_report
from bulletin.services.oversight.annual_report.write_file import FORMS, read_again, write_file
from bulletin.services.oversight.annual_report.written import newest_number, written_report
from bulletin.services.oversight.report_check import (
    MAX_REPORT_BYTES,
    CheckedReport,
    ReportFile,
    check_reports,
)
from bulletin.services.site import Site

_A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def report() -> None:
    """The annual report on the disclosure of government information (政府信息公开工作年度报告)."""


@report.command()
@click.argument("files", nargs=-1, required=True, type=_A_FILE)
@click.option("--before", type=_A_FILE, help="Last year's report of the same body.")
@click.option("--county", type=_A_FILE, help="The report that is to be the sum of all FILES.")
@as_json
@pass_command_context
def check(
    context: CommandContext,
    files: tuple[Path, ...],
    before: Path | None,
    county: Path | None,
    as_json: bool,
) -> None:
    """Check published reports: Word, PDF, web page or text, of whatever body and form.

    Tables are recognised in the forms of 2019 and 2021 and in a mixture of both; what can't be read is
    NOT_ASSESSABLE and never guessed. FAIL is what does not add up, or another form than the one in force
    (国办公开办函〔2021〕30号); UNCERTAIN wants a person's eyes. Exits with 1 when something fails, with 3 when
    nothing fails but something is not sure.
    """
    if before is not None and len(files) > 1:
        raise click.UsageError("--before goes with the report of one body: name one file.")
    checked = list(
        check_reports(
            context.factories.report_layouts(),
            [_file(path) for path in files],
            before=_file(before) if before else None,
            county=_file(county) if county else None,
        )
    )
    found = [(each.name, finding) for each in checked for finding in each.findings]
    if as_json:
        print_json([_row(name, finding) for name, finding in found])
    else:
        for each in checked:
            _print(each)
    if found:
        fails = any(finding.is_fault for _, finding in found)
        raise click.exceptions.Exit(1 if fails else 3)


@report.command()
@click.option("--year", type=click.IntRange(2000, 2199), help="Of the report of this township.")
@click.option(
    "--from", "source", type=_A_FILE, help="A published report instead, in its own layout."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=OutputFile(*FORMS),
    help="FILE.docx, FILE.pdf, FILE.html, or FILE.xlsx for its tables",
)
@click.option("--county", is_flag=True, help="Of the county, as the sum of its townships' reports.")
@click.option("--draft", is_flag=True, help="As it stands now, also where it was issued.")
@pass_command_context
def annual(
    context: CommandContext,
    year: int | None,
    source: Path | None,
    output: Path,
    county: bool,
    draft: bool,
) -> None:
    """Write the annual report of a year: six parts, its tables from ledger and registers.

    What was issued is written as it was issued; what was not, as it stands, and marked as a draft. With --county it
    is the county's own, the sum of what its townships issued; those that have issued none are named.
    With --from the report is read from a file (Word, PDF, web page, text) and written again, for example what was
    only published as a page.
    """
    if (year is None) == (source is None):
        raise click.UsageError("name a --year, or a report --from which it is written again")
    if county and year is None:
        raise click.UsageError("--county goes with a --year")
    if source is not None:
        written = read_again(context.site, source.read_bytes(), source.name)
    else:
        operator = for_county(context.operator) if county else context.operator
        site, of_year = context.site, year or 0
        number = None if draft else newest_number(site, operator, of_year)
        written = written_report(site, operator, of_year, context.now, number=number)
        if number is None and county:
            _name_missing(site, of_year)
    output.write_bytes(write_file(context.site, written, output.suffix.lower()))
    click.echo(str(output))


def _name_missing(site: Site, year: int) -> None:
    if missing := townships_without_report(site, year):
        click.echo(f"incomplete: nothing issued by {', '.join(missing)}", err=True)


def _file(path: Path) -> ReportFile:
    """A report, of which no more is read than tells that it is too big."""
    with path.open("rb") as file:
        return ReportFile(str(path), file.read(MAX_REPORT_BYTES + 1))


def _row(name: str, finding: ReportFinding) -> dict[str, str]:
    return {
        "file": name,
        "rule": finding.rule,
        "cell": finding.cell,
        "expected": finding.expected,
        "found": finding.found,
        "verdict": finding.verdict.value,
    }


def _print(checked: CheckedReport) -> None:
    read = checked.report
    form = (
        f"{read.layout.name}年样式，{len(read.figures)}格"
        if read and read.layout
        else "没有认出表格"
    )
    console.print(escape(f"{checked.name}：{form}"))
    if not checked.findings:
        console.print("  各项都相符。")
        return
    table = Table("结论", "位置", "规则", "应为", "报告里", box=None, header_style="bold")
    for finding in checked.findings:
        cells = (
            finding.verdict.label,
            finding.cell,
            finding.words,
            finding.expected,
            finding.found,
        )
        table.add_row(*map(escape, cells))
    console.print(table)


COMMANDS = (report,)
