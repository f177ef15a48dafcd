"""The demo's helper: let in by the smith, as the contract says."""

from dataclasses import replace
from datetime import timedelta

from accounts import service
from accounts.queries import Asked
from accounts.rules import Scope
from accounts.service import Wish
from core.work import By, Work

HELPS_DAYS = 60
ASKS = Wish((Scope.LOTS, Scope.STAMPS), days=30)
SCOPES = [Scope.LISTING, Scope.LOTS, Scope.STAMPS]


def let_help(work: Work, *, enterprise_id: int, helper_id: int, director_id: int) -> None:
    """Let the helper act for an enterprise, as its director did."""
    giving = replace(work, by=By("person", director_id, enterprise_id=enterprise_id))
    service.store_consent(
        giving,
        enterprise_id=enterprise_id,
        helper_id=helper_id,
        scopes=SCOPES,
        until_at=work.now + timedelta(days=HELPS_DAYS),
    )


def let_ask(work: Work, *, enterprise_id: int, name: str, helper_id: int) -> None:
    """Let the helper ask another enterprise, which has not answered yet."""
    asking = replace(work, by=By("person", helper_id))
    service.ask_consent(asking, of=Asked(name, enterprise_id), wish=ASKS, site="")
