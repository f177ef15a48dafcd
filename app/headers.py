"""Headers every answer carries."""

from flask import Flask, Response, current_app, request

# No inline script, no inline style: a 304 then never meets a nonce it does not know.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
YEAR_SECONDS = 31_536_000


def init_headers(app: Flask) -> None:
    """Add the headers after each request."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
    settings = current_app.config["SETTINGS"]
    if settings.is_demo:
        headers.setdefault("X-Robots-Tag", "noindex")
    if settings.public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
    # What is fetched from elsewhere bears its version in its folder, as the fonts of the styles do.
    is_versioned = "v" in request.args or request.path.startswith("/static/vendor/")
    if request.endpoint == "static" and is_versioned:
        headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response
