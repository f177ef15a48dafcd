"""`flask search reindex`: build the indices anew."""

import click
from flask.cli import AppGroup

from catalog.search.following import reindex
from catalog.search.port import EngineDown

search_commands = AppGroup("search", help="The indices of search.")


@search_commands.command("reindex")
def reindex_command() -> None:
    """Build every index anew, without a moment in which less is found."""
    try:
        positions = reindex()
    except EngineDown as error:
        raise click.ClickException(f"An engine does not answer: {error}") from error
    for name, position in positions.items():
        click.echo(f"{name}: revision {position.revision}")
