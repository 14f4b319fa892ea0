"""demo: the township of 红崖子沟乡, ready to look at."""

from pathlib import Path

import click
from rich.table import Table

from bulletin.cli.context import CommandContext, console, pass_command_context
from bulletin.cli.run import serve_site
from bulletin.services.operations import check
from bulletin.services.operations.demo_township.create import SignInCard, build_demo, known_sign_ins
from bulletin.services.operations.demo_township.tour import Tour, longest_public_notice, tour
from bulletin.services.public.front_pages import front_page
from bulletin.services.public.page_values import TownshipPage

DEFAULT_DATA = Path("demo-data")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Build and show it, then exit.")
@pass_command_context
def demo(context: CommandContext, host: str, port: int, no_serve: bool) -> None:
    """A whole township with 17 villages and invented people, as of today. Run twice, it does no harm."""
    context.data = context.data or DEFAULT_DATA
    address = f"http://{host}:{port}"
    cards = known_sign_ins(context.data)
    if cards is None and context.has_site:
        raise click.ClickException(
            f"{context.data} holds a site that is no demo; name another folder with --data"
        )
    _rehearse(context.data, address)
    site = context.open()
    if cards is None:
        check.migrate(site)
        console.print("建立演示数据：17个村，约需半分钟……")
        cards = build_demo(site, context.factories.schedules() / "demo", context.data, context.now)
    _print_addresses(context, address)
    _print_sign_ins(cards)
    code = longest_public_notice(context.site, context.now)
    _print_tour(context, tour(context.site, context.operator, code, context.now), address)
    if not no_serve:
        serve_site(context, host, port)


def _rehearse(data: Path, address: str) -> None:
    """A demo is a rehearsal: its codes lead to this machine, its desk works without HTTPS."""
    data.mkdir(parents=True, exist_ok=True)
    settings = f'public_url = "{address}"\nrehearsal = true\ninsecure_cookies = true\n'
    (data / "bulletin.toml").write_text(settings, encoding="utf-8")


def _print_addresses(context: CommandContext, address: str) -> None:
    page = front_page(context.site, context.now)
    if not isinstance(page, TownshipPage):
        raise TypeError("a demonstration is one township")
    console.print(f"\n[bold]{page.county}{page.township.name}[/]（演示）")
    console.print(f"村民入口  {address}/")
    console.print(
        f"各村页面  {address}/V/{page.villages[0].place.code} …… 共{len(page.villages)}个村"
    )
    console.print(f"公开台    {address}/desk")


def _print_sign_ins(cards: list[SignInCard]) -> None:
    table = Table("职务", "村", "姓名", "用户名", "密码", box=None, header_style="bold")
    for card in cards:
        table.add_row(card.role.label, card.village or "乡镇", card.name, card.login, card.password)
    console.print()
    console.print(table)


def _print_tour(context: CommandContext, notice_tour: Tour, address: str) -> None:
    """One notice through the chain, to the decoded code and the status of the page behind it."""
    app = context.factories.make_app(context.settings(), context.site, context.clock)
    response = app.test_client().get(notice_tour.scanned)
    table = Table(
        "环节", "记录", box=None, header_style="bold", title=notice_tour.title, title_justify="left"
    )
    for step in notice_tour.steps:
        table.add_row(step.stage, step.words)
    table.add_row(
        "打开",
        f"{address}{notice_tour.scanned} → {response.status}，{len(response.data) / 1024:.1f} KB",
    )
    console.print()
    console.print(table)


COMMANDS = (demo,)
