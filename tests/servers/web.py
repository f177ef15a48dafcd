"""A web application on a real port, in a thread of the test."""

import contextlib
import threading
from collections.abc import Iterator
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server


@contextlib.contextmanager
def serving(application: WSGIApplication) -> Iterator[str]:
    """Serve an application on a free port of 127.0.0.1; gives its address without a last slash."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="web")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
