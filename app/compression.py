"""Pages for weak signals are sent compressed: zstd, brotli or gzip, as the browser asks."""

from flask import Flask, Response, request
from flask_compress import Compress

from core.guard import SESSION_COOKIE

TEXTS = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def init_compression(app: Flask) -> None:
    """Compress what is the same for everybody; see `_compress` for what is not."""
    app.config["COMPRESS_REGISTER"] = False
    compress = Compress()
    compress.init_app(app)

    def _compress(response: Response) -> Response:
        # A page that holds a secret (the form's token) beside what somebody else may have put
        # into its address tells the secret by its compressed length: such pages go as they are.
        if SESSION_COOKIE in request.cookies and request.endpoint != "static":
            return response
        if request.endpoint == "static" and response.mimetype in TEXTS:
            _read_whole(response)  # The library streams files, and never by gzip.
        return compress.after_request(response)

    app.after_request(_compress)


def _read_whole(response: Response) -> None:
    """Put a file's bytes in the place of the file, and close it."""
    response.direct_passthrough = False
    file = response.response
    response.set_data(b"".join(response.iter_encoded()))
    if hasattr(file, "close"):
        file.close()
