"""Passkeys (WebAuthn), verified by the library `webauthn`. Slow to load: imported where used."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import webauthn
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_client_data_json,
    structs,
)
from webauthn.helpers.exceptions import WebAuthnException

from accounts.challenges import Place

_LONGEST_NAME = 64  # Bytes an authenticator keeps of a name at least (WebAuthn, 6.4.1.2).
# What reading a stranger's bytes can raise.
_BROKEN = (
    WebAuthnException,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    struct.error,
)


class Unverified(Exception):
    """A browser's answer that does not read or does not verify."""


@dataclass(frozen=True)
class Answer:
    """A browser's answer as it came, with the two things it is looked up by."""

    text: str
    credential_id: str  # Base 64, for addresses.
    challenge: bytes


@dataclass(frozen=True)
class MadePasskey:
    """A passkey that has just been made."""

    credential_id: str
    public_key: str  # COSE, in base 64 for addresses.
    sign_count: int


def setup_options(
    place: Place, *, user_id: str, name: str, challenge: bytes, known: Sequence[str]
) -> str:
    """What the page's script asks the browser to make a passkey of, as JSON."""
    return webauthn.options_to_json(
        webauthn.generate_registration_options(
            rp_id=place.host,
            rp_name="Gốc",
            user_id=user_id.encode(),
            user_name=name[:_LONGEST_NAME],
            challenge=challenge,
            exclude_credentials=_descriptors(known),
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.DISCOURAGED,
                user_verification=structs.UserVerificationRequirement.PREFERRED,
            ),
        )
    )


def options(place: Place, *, challenge: bytes, known: Sequence[str]) -> str:
    """What the page's script asks the browser to answer, as JSON."""
    return webauthn.options_to_json(
        webauthn.generate_authentication_options(
            rp_id=place.host, challenge=challenge, allow_credentials=_descriptors(known)
        )
    )


def read(text: str) -> Answer:
    """A browser's answer, not verified yet.

    Raises:
        Unverified: it is none.
    """
    try:
        sent = json.loads(text)
        told = parse_client_data_json(base64url_to_bytes(sent["response"]["clientDataJSON"]))
        return Answer(text, str(sent["id"]), told.challenge)
    except _BROKEN as error:
        raise Unverified(type(error).__name__) from error


def verify_setup(place: Place, answer: Answer) -> MadePasskey:
    """The passkey an answer speaks of. Whether its challenge is ours is asked elsewhere.

    Raises:
        Unverified: it was not made here, or not as asked.
    """
    try:
        made = webauthn.verify_registration_response(
            credential=answer.text,
            expected_challenge=answer.challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
        )
    except _BROKEN as error:
        raise Unverified(type(error).__name__) from error
    return MadePasskey(
        bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def verify(place: Place, answer: Answer, *, public_key: str, sign_count: int) -> int:
    """The passkey's new count, where the answer is signed by the key and its count is later.

    Raises:
        Unverified: it is not.
    """
    try:
        shown = webauthn.verify_authentication_response(
            credential=answer.text,
            expected_challenge=answer.challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
        )
    except _BROKEN as error:
        raise Unverified(type(error).__name__) from error
    return shown.new_sign_count


def _descriptors(known: Sequence[str]) -> list[structs.PublicKeyCredentialDescriptor]:
    return [structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]
