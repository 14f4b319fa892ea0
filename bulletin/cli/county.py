"""county: those who oversee every township of a site that holds a county."""

import click

from bulletin.cli.context import CommandContext, pass_acting_context
from bulletin.cli.people import add_account, reset_password
from bulletin.domain.people import Role
from bulletin.services.people import manage_accounts
from bulletin.services.people.directory import county_overseer
from bulletin.services.people.manage_accounts import NewPerson


@click.group()
def county() -> None:
    """County overseers (县级督查); further townships are added with `bulletin init`."""


@county.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@pass_acting_context
def add(context: CommandContext, login: str, name: str) -> None:
    """Let somebody look into every township; prints a one-time password."""
    new = NewPerson(login, name, Role.COUNTY_OVERSEER, None, context.today)
    add_account(context, new, "county overseer")


@county.command()
@click.argument("login")
@pass_acting_context
def password(context: CommandContext, login: str) -> None:
    """Give a county overseer a new one-time password."""
    county_overseer(context.site, login)
    reset_password(context, login)


@county.command()
@click.argument("login")
@pass_acting_context
def end(context: CommandContext, login: str) -> None:
    """End a county overseer's sight of the townships."""
    _, appointment_id = county_overseer(context.site, login)
    manage_accounts.end_appointment(context.site, context.operator, appointment_id, context.now)
    click.echo(f"{login} oversees the county no more")


COMMANDS = (county,)
