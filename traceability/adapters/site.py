"""Where printed codes lead: a setting of the whole installation, read at its edge."""

from flask import current_app


def site_url() -> str:
    """Scheme and host that stamps carry."""
    address: str = current_app.config["SETTINGS"].public_url
    return address
