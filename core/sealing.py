"""Secrets that must lie in the database readable: sealed with keys derived from GOC_SECRET_KEY."""

import base64
import hmac
from functools import cached_property
from typing import Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app

from core import ids
from core.errors import AppError, sentence

KEY_BYTES = 32
NONCE_BYTES = 12  # AES-GCM's own; NIST SP 800-38D bears 2**32 random ones under one key.
FORM: Final = "1."  # Says how it was sealed, so that another way can stand beside it one day.


class SealBroken(AppError):
    """What was opened was changed, belongs elsewhere, or was sealed under another key."""

    status = 503
    sentence = sentence(
        "Không mở được điều đã niêm giữ, thường là vì khóa bí mật của máy chủ đã đổi. Xin báo người"
        " vận hành trang đặt lại khóa cũ."
    )


class Sealer:
    """Seals words, and keys hashes. `about` binds both to whose and what they are."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def seal(self, words: str, *, about: str) -> str:
        """`words` so that only this installation reads them, and only as what they are."""
        nonce = ids.random_bytes(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, words.encode(), about.encode())
        return FORM + base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, *, about: str) -> str:
        """What `seal` was given.

        Raises:
            SealBroken: it does not open as this.
        """
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(FORM))
            words = self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken(about) from error
        return words.decode()

    def digest(self, words: str, *, about: str) -> bytes:
        """32 bytes that nobody without the key can work out or try words against."""
        return hmac.digest(self._hash_key, f"{about}\0{words}".encode(), "sha256")

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self._derived(b"goc sealed secrets 1"))

    @cached_property
    def _hash_key(self) -> bytes:
        return self._derived(b"goc keyed hashes 1")

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(self._secret_key.encode())


def init_sealing(app: Flask, secret_key: str) -> None:
    """Give the application its sealer."""
    app.extensions["sealer"] = Sealer(secret_key)


def sealer() -> Sealer:
    """The application's sealer."""
    return cast("Sealer", current_app.extensions["sealer"])
