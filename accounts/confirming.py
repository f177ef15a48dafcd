"""What touches people or one's own account asks again who it is, when that was long ago."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from accounts.factor_errors import ConfirmNeeded
from accounts.second_rules import is_confirmed
from accounts.web import signed_in
from core import clock

P = ParamSpec("P")
R = TypeVar("R")


def confirmed(view: Callable[P, R]) -> Callable[P, R]:
    """Let a view run only for somebody who lately showed who they are. Below `@requires`."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        _require_lately()
        return view(*args, **kwargs)

    return guarded


def factor_confirmed(view: Callable[P, R]) -> Callable[P, R]:
    """As `confirmed`, of those who have a second factor.

    Whoever has none may have lost the very number that would show who they are: what they ask for
    is told and waits instead.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if signed_in().has_factor:
            _require_lately()
        return view(*args, **kwargs)

    return guarded


def _require_lately() -> None:
    if not is_confirmed(signed_in().confirmed_at, clock.now()):
        raise ConfirmNeeded("confirmed too long ago")
