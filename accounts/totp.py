"""Codes of an authenticator app (RFC 6238): six digits for each half minute. Pure."""

import base64
import hmac
from datetime import datetime

import pyotp

STEP_SECONDS = 30
SECRET_BYTES = 20  # RFC 4226: as long as SHA-1's output.
DRIFT_STEPS = 1  # A phone's clock may be half a minute off, either way (RFC 6238, 5.2).
ISSUER = "Gốc"


def secret_of(raw: bytes) -> str:
    """The secret as apps take it: base 32 of the first 20 bytes."""
    assert len(raw) >= SECRET_BYTES, len(raw)
    return base64.b32encode(raw[:SECRET_BYTES]).decode()


def step_at(now: datetime) -> int:
    """The half minute a moment lies in, counted from 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code this is, near enough to `now`; None: of none."""
    app = pyotp.TOTP(secret)
    middle = step_at(now)
    for step in range(middle - DRIFT_STEPS, middle + DRIFT_STEPS + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), code.encode()):
            return step
    return None


def setup_uri(secret: str, *, name: str, host: str) -> str:
    """What the square code of the setup page says: an `otpauth://` address."""
    label = name if host in name else f"{name} ({host})"
    return pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=ISSUER)


def grouped(secret: str) -> str:
    """The secret as people type it: in fours."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
