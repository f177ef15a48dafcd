"""The link of an invitation: its id and our mark on it.

Nothing secret is stored, so a director can show the same link again, and a leaked table invites
nobody.
"""

import hashlib
import hmac

from flask import current_app

from core.ids import CROCKFORD, PUBLIC_ID_LENGTH

_MARK_LENGTH = 16  # 80 bits.


def link_of(public_id: str) -> str:
    """The address to send by chat or by message."""
    return f"{current_app.config['SETTINGS'].public_url}/invitations/{token_of(public_id)}"


def team_link_of(public_id: str) -> str:
    """The whole address that asks somebody into a team."""
    site = current_app.config["SETTINGS"].public_url
    return f"{site}/teams/{token_of(public_id, to='team')}"


def token_of(public_id: str, *, to: str = "invitation") -> str:
    """The last part of the link; `to` says what is opened, so that no link opens another thing."""
    key = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(key, f"{to}:{public_id}".encode(), hashlib.sha256).digest()
    return public_id + "".join(CROCKFORD[byte & 31] for byte in digest[:_MARK_LENGTH])


def public_id_of(token: str, *, to: str = "invitation") -> str | None:
    """The id of a link of ours; None for any other."""
    if not token.isascii():
        return None
    public_id = token[:PUBLIC_ID_LENGTH]
    return public_id if hmac.compare_digest(token, token_of(public_id, to=to)) else None
