"""What the worker does for accounts."""

from accounts.service.forgetting import forget_password_links, forget_sign_ins
from core.work import WORKER, transaction


def forget_keys() -> None:
    """Delete sign-ins long over and dead links to passwords, in pieces."""
    for forget_some in (forget_sign_ins, forget_password_links):
        is_more = True
        while is_more:
            with transaction(by=WORKER) as work:
                is_more = forget_some(work)
