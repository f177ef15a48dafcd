"""Addresses of public pages."""

from flask import Response, redirect, request


def moved(path: str) -> Response:
    """301 to the one address of a thing, the question (?lang=) kept."""
    question = request.query_string.decode("ascii", "ignore")
    response = redirect(f"{path}?{question}" if question else path, 301)
    assert isinstance(response, Response)
    return response
