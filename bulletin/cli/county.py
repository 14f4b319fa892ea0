"""county: those who oversee every township of a site that holds a county."""

import click

from bulletin.cli.context import CommandContext, pass_acting_context
from bulletin.domain.people import Role
from bulletin.services.people import manage_accounts, sign_in
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
    password = sign_in.new_password()
    new = NewPerson(login, name, Role.COUNTY_OVERSEER, None, context.today)
    manage_accounts.add_person(context.site, context.operator, new, password, context.now)
    click.echo(f"county overseer:   {login.strip().lower()}\none-time password: {password}")


@county.command()
@click.argument("login")
@pass_acting_context
def password(context: CommandContext, login: str) -> None:
    """Give a county overseer a new one-time password."""
    person_id, _ = manage_accounts.county_overseer(context.site, login)
    new_password = manage_accounts.reset_password(
        context.site, context.operator, person_id, context.now
    )
    click.echo(f"one-time password: {new_password}")


@county.command()
@click.argument("login")
@pass_acting_context
def end(context: CommandContext, login: str) -> None:
    """End a county overseer's sight of the townships."""
    _, appointment_id = manage_accounts.county_overseer(context.site, login)
    manage_accounts.end_appointment(context.site, context.operator, appointment_id, context.now)
    click.echo(f"{login} oversees the county no more")


COMMANDS = (county,)
