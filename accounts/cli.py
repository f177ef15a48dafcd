"""`flask people …`: people who run the platform or check goods."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext

from accounts import queries, service
from accounts.factor_errors import NobodySoNamed
from accounts.rules import Role
from core import clock
from core.errors import AppError
from core.work import COMMAND, reading, transaction

people = AppGroup("people", help="People who run the platform or check goods.")


@people.command("end-factors")
@click.argument("sign_in")
@click.option("--known-by", required=True, help="How you made sure who asks; it is recorded.")
def end_factors(sign_in: str, known_by: str) -> None:
    """Let the lost second factors of SIGN_IN end in 24 hours, told everywhere."""
    with reading() as session:
        found = queries.who_named(session, sign_in, now=clock.now())
    if found is None or not found.has_factor:
        click.echo(gettext(NobodySoNamed.sentence), err=True)
        sys.exit(1)
    with transaction(by=COMMAND) as work:
        change = service.ask_end_of_factors(work, person_id=found.person_id, known_by=known_by)
    click.echo(f"{change.due_at:%Y-%m-%dT%H:%MZ}")


@people.command("add")
@click.argument("sign_in")
@click.option("--role", type=click.Choice([Role.OPERATOR.value, Role.OFFICER.value]), required=True)
@click.option("--area", help="Code of a commune or province; without it the whole country.")
def add(sign_in: str, role: str, area: str | None) -> None:
    """Enter SIGN_IN and print a one-time link to set the password."""
    try:
        with transaction(by=COMMAND) as work:
            invitation = service.invite(work, sign_in=sign_in, role=Role(role), area=area)
    except AppError as refusal:
        click.echo(gettext(refusal.sentence, **refusal.values), err=True)
        sys.exit(1)
    if invitation.replaced:
        click.echo(
            gettext(
                "Lời mời trước của %(sign_in)s đã hết; chức vụ nay như vừa ghi.", sign_in=sign_in
            ),
            err=True,
        )
    click.echo(f"{current_app.config['SETTINGS'].public_url}/password/{invitation.token}")
