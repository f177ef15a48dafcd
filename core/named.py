"""What bears a name that others may object to: its version is raised when they say so.

An officer who looks at it with the words of before must not decide blind. The objects are of
several features: each says how its own is raised, `app/slots.py` lists them.
"""

from collections.abc import Callable, Mapping
from typing import cast

from flask import Flask, current_app

from core.work import Work

# Raises the version of the object of this id where it waits for an officer; else does nothing.
RaiseVersion = Callable[[Work, int], None]
NamedObjects = Mapping[str, RaiseVersion]


def init_named_objects(app: Flask, table: NamedObjects) -> None:
    """Tell the application which kinds of objects bear names."""
    app.extensions["named_objects"] = table


def named_objects() -> NamedObjects:
    """How the version of each kind is raised."""
    return cast("NamedObjects", current_app.extensions["named_objects"])
