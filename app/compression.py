"""Pages for weak signals are sent compressed: zstd, brotli or gzip, as the browser asks."""

from flask import Flask, Response, request
from flask_compress import Compress

from core.guard import SESSION_COOKIE

TEXTS = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def init_compression(app: Flask) -> None:
    """Compress what nobody else can learn a secret by; see `_may_tell` for what goes as it is."""
    app.config["COMPRESS_REGISTER"] = False
    compress = Compress()
    compress.init_app(app)

    def _compress(response: Response) -> Response:
        if _may_tell():
            return response
        if request.endpoint == "static" and response.mimetype in TEXTS:
            _read_whole(response)  # The library streams files, and never by gzip.
        return compress.after_request(response)

    app.after_request(_compress)


def _may_tell() -> bool:
    """Whether somebody else may have put words into the address of a page that holds a secret.

    Beside such words the page's compressed length tells the secret, guess by guess (BREACH, 2013).
    Only a signed-in person's pages hold one, and only what our own page or the person asked for
    has an address of no stranger; a browser that does not say who asked is not believed.
    """
    if SESSION_COOKIE not in request.cookies or request.endpoint == "static":
        return False
    return request.headers.get("Sec-Fetch-Site") not in {"same-origin", "none"}


def _read_whole(response: Response) -> None:
    """Put a file's bytes in the place of the file, and close it."""
    response.direct_passthrough = False
    file = response.response
    response.set_data(b"".join(response.iter_encoded()))
    if hasattr(file, "close"):
        file.close()
