"""A web application on a real port, in a thread of the test."""

import contextlib
import threading
from collections.abc import Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import make_server


@contextlib.contextmanager
def serving(application: WSGIApplication, *, port: int = 0) -> Iterator[str]:
    """Serve an application on 127.0.0.1; gives its address without a last slash.

    Without `port` on a free one.
    """
    server = make_server("127.0.0.1", port, _closing(application), threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="web")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _closing(application: WSGIApplication) -> WSGIApplication:
    """The application, each of whose answers is closed even when nobody takes it.

    Werkzeug's server does not close an answer whose browser reset the connection
    (the read that empties the socket raises first), and leaves a font's file open.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        body = application(environ, start_response)
        try:
            yield from body
        finally:
            if close := getattr(body, "close", None):
                close()

    return answer
