"""export: the public site as plain files, for a web server that runs nothing."""

import click

from bulletin.cli.context import CommandContext, console, pass_command_context


@click.command()
@click.argument("place", metavar="FOLDER")
@click.option("--base-url", help="Where the copy is published (default: the public address).")
@click.option(
    "--lang",
    "languages",
    multiple=True,
    help="A language of the pages beside Chinese, such as en; zh-CN for Chinese only (default: all of the site).",
)
@pass_command_context
def export(
    context: CommandContext, place: str, base_url: str | None, languages: tuple[str, ...]
) -> None:
    """Write the public site as plain files into FOLDER, or into a bucket: s3://bucket/prefix.

    Run again, it makes only the pages anew that something changed, and deletes what is no longer public;
    manifest.json names what had to vanish. Personal lists are never part of it.
    """
    address = (base_url or context.site.public_url).rstrip("/")
    done = context.factories.copy_site(
        context.settings(), context.site, place, address, context.now, frozenset(languages) or None
    )
    console.print(
        f"{place}: {done.new} new, {done.changed} changed, {done.gone} deleted, {done.same} as before"
    )


COMMANDS = (export,)
