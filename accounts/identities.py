"""An e-identity of elsewhere (OpenID Connect): what is asked, what comes back, and by which place.

Between the two it travels in the browser, sealed: nothing is stored for those who never return.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from core.sealing import SealBroken, Sealer

LASTS = timedelta(minutes=15)
_ASKING = "identity asking"
_SHOWN = "identity shown"


# How we show the secret where codes are taken in (OpenID Connect Core, 9): in a header or a field.
TokenAuth = Literal["basic", "post"]


@dataclass(frozen=True)
class ProviderPlace:
    """Who vouches for identities, what they know us by, and what people call them."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    auth: TokenAuth = "basic"


@dataclass(frozen=True)
class Asking:
    """One asking in one browser. `person_id` is 0 where nobody was signed in."""

    state: str
    nonce: str
    verifier: str
    person_id: int
    next_path: str
    until: int  # Seconds since 1970.


@dataclass(frozen=True)
class Identity:
    """Somebody, as their provider names them; the name is for showing and never stored."""

    issuer: str
    subject: str
    name: str


def sealed_asking(sealer: Sealer, asking: Asking) -> str:
    """What the browser keeps while its person is at the provider."""
    return sealer.seal(json.dumps(asdict(asking)), about=_ASKING)


def opened_asking(sealer: Sealer, sealed: str, *, now: datetime) -> Asking | None:
    """What was asked in this browser; None: nothing, or too long ago."""
    try:
        asking = Asking(**json.loads(sealer.open(sealed, about=_ASKING)))
    except SealBroken:
        return None
    return asking if now.timestamp() < asking.until else None


def sealed_identity(sealer: Sealer, identity: Identity, *, now: datetime) -> str:
    """What the browser keeps between the provider's answer and the person's word to link it."""
    shown = {"until": int((now + LASTS).timestamp()), "identity": asdict(identity)}
    return sealer.seal(json.dumps(shown), about=_SHOWN)


def opened_identity(sealer: Sealer, sealed: str, *, now: datetime) -> Identity | None:
    """The identity shown in this browser; None: none, or too long ago."""
    try:
        shown = json.loads(sealer.open(sealed, about=_SHOWN))
    except SealBroken:
        return None
    return Identity(**shown["identity"]) if now.timestamp() < shown["until"] else None


def subject_hash(sealer: Sealer, identity: Identity) -> str:
    """What is stored of the subject, which may be a personal number."""
    return sealer.digest(identity.subject, about=f"identity of {identity.issuer}").hex()
