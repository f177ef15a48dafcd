"""What the database knows of a secret that is long and random. Pure."""

import hashlib


def hash_of_secret(secret: str) -> str:
    """SHA-256 in hex: a leaked table opens nothing. For keys and tokens, never for passwords."""
    return hashlib.sha256(secret.encode()).hexdigest()
