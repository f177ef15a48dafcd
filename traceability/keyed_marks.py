"""What is kept of who looked: a mark keyed with our secret, telling the same one and no more."""

import hashlib
import hmac

from flask import current_app

LENGTH = 24  # 96 bits, hexadecimal: no two devices at one stamp meet by chance.


def keyed_mark(about: int | str, text: str) -> str:
    """The mark of `text` at one stamp, or of one purpose: at another it is another one."""
    key = f"{current_app.config['SECRET_KEY']}:{about}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:LENGTH]
