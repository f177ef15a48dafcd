"""Kinds of parts that addresses have, besides those of Flask.

`<public_id:name>` matches public ids and nothing else, so nothing else is sought.
"""

from flask import Flask
from werkzeug.routing import BaseConverter

from core.ids import CROCKFORD, PUBLIC_ID_LENGTH


class PublicIdConverter(BaseConverter):
    """Ten Crockford characters in any case; a view is handed capitals, as the database has them."""

    regex = f"[{CROCKFORD}{CROCKFORD[10:].lower()}]{{{PUBLIC_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        """Give the id as it is stored."""
        return value.upper()


class AnythingConverter(BaseConverter):
    """All that is left of a path, slashes and nothing included: for a view that reads it itself."""

    part_isolating = False
    regex = "(?s:.*)"


def init_addresses(app: Flask) -> None:
    """Called before the first route is registered."""
    app.url_map.converters["public_id"] = PublicIdConverter
    app.url_map.converters["anything"] = AnythingConverter
