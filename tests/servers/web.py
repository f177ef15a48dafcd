"""A web application on a real port, in a thread of the test."""

import contextlib
import threading
from collections.abc import Iterator
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server


@contextlib.contextmanager
def serving(application: WSGIApplication, *, port: int = 0) -> Iterator[str]:
    """Serve an application on 127.0.0.1; gives its address without a last slash.

    Without `port` on a free one.
    """
    server = make_server("127.0.0.1", port, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="web")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
