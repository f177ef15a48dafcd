"""Public ids in addresses: `<public_id:name>` matches nothing else, so nothing else is sought."""

from flask import Flask
from werkzeug.routing import BaseConverter

from core.ids import CROCKFORD, PUBLIC_ID_LENGTH


class PublicIdConverter(BaseConverter):
    """Ten Crockford characters in any case; a view is handed capitals, as the database has them."""

    regex = f"[{CROCKFORD}{CROCKFORD[10:].lower()}]{{{PUBLIC_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        """Give the id as it is stored."""
        return value.upper()


def init_addresses(app: Flask) -> None:
    """Called before the first route is registered."""
    app.url_map.converters["public_id"] = PublicIdConverter
