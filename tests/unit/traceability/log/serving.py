"""A tiny server of a log's folder, with the faults of servers."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextmanager
def served(folder: Path, *, zipped: bool = False, slow: bool = False) -> Iterator[str]:
    """Lend the address of the log in a folder: gzip whatever is asked, or never end a file."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / self.path.removeprefix("/log/")
            body = path.read_bytes() if path.is_file() else b""
            if zipped:
                body = gzip.compress(body)
            self.send_response(200 if path.is_file() else 404)
            self.send_header("Content-Length", str(len(body) + slow))
            if zipped:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/log"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
