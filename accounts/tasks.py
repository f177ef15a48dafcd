"""What the worker does for accounts."""

from collections.abc import Callable

from accounts import service
from accounts.service import forgetting
from accounts.service.guiding import forget_guidings as forget_some_guidings
from accounts.service.trainings import forget_learners as forget_some_learners
from core.giving_way import in_turns
from core.work import WORKER, Work, transaction


def forget_keys() -> None:
    """Delete sign-ins and tokens long over, dead links to passwords, second steps, in pieces."""
    _all_of(forgetting.forget_sign_ins)
    _all_of(forgetting.forget_tokens)
    _all_of(forgetting.forget_password_links)
    _all_of(forgetting.forget_second_steps)


def forget_askings() -> None:
    """Delete what was asked and answered long ago: changes, invitations, whom helpers asked."""
    _all_of(forgetting.forget_changes)
    _all_of(forgetting.forget_invitations)
    with transaction(by=WORKER) as work:
        forgetting.forget_whom_helpers_asked(work)


def forget_group_acts() -> None:
    """Delete what was done to several makers at once long ago, and when each was reminded."""
    _all_of(forgetting.forget_group_acts)
    _all_of(forgetting.forget_reminders)


def apply_changes() -> None:
    """Let new passwords and numbers take effect that have waited long enough, one by one."""
    _all_of(service.apply_next_change)


def forget_guidings() -> None:
    """Delete the guidings of yesterday, in pieces."""
    _all_of(forget_some_guidings)


def forget_learners() -> None:
    """Delete who joined the trainings of a year ago, in pieces."""
    _all_of(forget_some_learners)


def forget_enterprise_devices() -> None:
    """Delete browsers of enterprises that ended or were not used for long, in pieces."""
    _all_of(service.forget_enterprise_devices)


def forget_proofs() -> None:
    """Delete the one-time codes of yesterday, in pieces."""
    _all_of(forgetting.forget_proofs)


def _all_of(forget_some: Callable[[Work], bool]) -> None:
    def forget() -> bool:
        with transaction(by=WORKER) as work:
            return forget_some(work)

    in_turns(forget)
