"""county: those who oversee every township of a house that holds a county."""

import click

from bulletin.cli.context import Session, pass_session
from bulletin.domain.people import Role
from bulletin.services.people import manage_accounts, sign_in
from bulletin.services.people.manage_accounts import NewPerson


@click.group()
def county() -> None:
    """County overseers (县级督查); further townships are added with `bulletin init`."""


@county.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@pass_session
def add(session: Session, login: str, name: str) -> None:
    """Let somebody look into every township; prints a one-time password."""
    password = sign_in.new_password()
    new = NewPerson(login, name, Role.COUNTY_OVERSEER, None, session.today)
    manage_accounts.add_person(session.house, session.operator, new, password, session.now)
    click.echo(f"county overseer:   {login.strip().lower()}\none-time password: {password}")


@county.command()
@click.argument("login")
@pass_session
def password(session: Session, login: str) -> None:
    """Give a county overseer a new one-time password."""
    person_id, _ = manage_accounts.county_overseer(session.house, login)
    given = manage_accounts.reset_password(session.house, session.operator, person_id, session.now)
    click.echo(f"one-time password: {given}")


@county.command()
@click.argument("login")
@pass_session
def end(session: Session, login: str) -> None:
    """End a county overseer's sight of the townships."""
    _, appointment_id = manage_accounts.county_overseer(session.house, login)
    manage_accounts.end_appointment(session.house, session.operator, appointment_id, session.now)
    click.echo(f"{login} oversees the county no more")


COMMANDS = (county,)
