"""Asking a server on a port of this machine, as plainly as can be."""

import contextlib
import http.client


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    """Ask for a path just as it is given: status and where it leads; 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        try:
            connection.request(method, path)
            answer = connection.getresponse()
        except OSError:
            return 0, ""
        return answer.status, answer.getheader("Location", "")


def status(port: int, path: str) -> int:
    """Tell the status alone."""
    return asked(port, path)[0]
