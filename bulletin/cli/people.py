"""people: accounts, for whoever holds the machine; the way back in when no administrator can sign in."""

import click
from rich.table import Table

from bulletin.cli.context import (
    CommandContext,
    as_json,
    console,
    of_village,
    pass_acting_context,
    pass_command_context,
    print_json,
)
from bulletin.domain.people import Role
from bulletin.services.access import operator_of
from bulletin.services.people import directory, manage_accounts
from bulletin.services.people.directory import PersonLine
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.people.passwords import new_password

ROLES = tuple(role.value for role in Role if role is not Role.COUNTY_OVERSEER)


@click.group()
def people() -> None:
    """People of a township (人员); county overseers are added with `bulletin county`."""


@people.command("list")
@as_json
@pass_command_context
def list_people(context: CommandContext, as_json: bool) -> None:
    """Who can sign in, with which roles."""
    lines = directory.people(context.site, context.operator, context.now)
    if as_json:
        print_json([_facts(line) for line in lines])
        return
    table = Table("login", "name", "phone", "roles", "")
    for line in lines:
        table.add_row(line.login, line.name, line.phone, _roles(line), _remark(line))
    console.print(table)


def _facts(line: PersonLine) -> dict[str, object]:
    return {
        "login": line.login,
        "name": line.name,
        "phone": line.phone,
        "roles": [
            {"role": held.role.value, "village": held.village, "from_on": held.from_on}
            for held in line.roles
        ],
        "must_change": line.must_change,
        "paused_until": line.paused_until,
    }


def _roles(line: PersonLine) -> str:
    return "、".join(f"{held.village or '乡镇'} {held.role.label}" for held in line.roles) or "none"


def _remark(line: PersonLine) -> str:
    if line.paused_until:
        return "wrong passwords were tried"
    return "has not set a password yet" if line.must_change else ""


@people.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="The first role.")
@of_village
@click.option("--phone", default="", help="On which colleagues call; of an administrator, public.")
@pass_acting_context
def add(
    context: CommandContext, login: str, name: str, role: str, village: str | None, phone: str
) -> None:
    """Add a person with a first role, in a village or the township; prints a one-time password."""
    place = context.village_id(village)
    add_account(context, NewPerson(login, name, Role(role), place, context.today, phone), "login")


@people.command()
@click.argument("login")
@pass_acting_context
def password(context: CommandContext, login: str) -> None:
    """Give a person a new one-time password; where they are signed in, it ends."""
    reset_password(context, login)


@people.command()
@click.argument("login")
@pass_acting_context
def end(context: CommandContext, login: str) -> None:
    """End every role of a person, who can't sign in any more. What they did stays theirs."""
    account = directory.account_by_login(context.site, login)
    operator = operator_of(context.site, account.township)
    manage_accounts.end_person(context.site, operator, account.person_id, context.now)
    click.echo(f"{login} holds no role any more")
    left = directory.administrators(context.site, context.now)
    if account.township not in {each.code for each in left}:
        click.echo(
            "no administrator is left: `bulletin people add LOGIN --name NAME --role administrator`"
        )


def add_account(context: CommandContext, new: NewPerson, what: str) -> None:
    """Add somebody and print the one-time password, the only time that it is seen."""
    one_time = new_password()
    manage_accounts.add_person(context.site, context.operator, new, one_time, context.now)
    click.echo(f"{what + ':':<19}{new.login.strip().lower()}\none-time password: {one_time}")


def reset_password(context: CommandContext, login: str) -> None:
    """Set a new one-time password and print it, the only time that it is seen."""
    account = directory.account_by_login(context.site, login)
    operator = operator_of(context.site, account.township)
    one_time = manage_accounts.reset_password(
        context.site, operator, account.person_id, context.now
    )
    click.echo(f"one-time password: {one_time}")


COMMANDS = (people,)
