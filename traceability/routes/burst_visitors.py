"""Whether a visitor's network looks at many stamps of one batch: known for two hours, never kept.

The network is hashed with our secret; with it stand the tokens of its checks, in memory or Redis.
"""

from dataclasses import replace

from flask import request
from sqlalchemy.exc import OperationalError
from structlog import get_logger

from core import clock
from core.lately import lately
from core.work import VISITOR, transaction
from traceability import rules, service
from traceability.keyed_marks import keyed_mark
from traceability.rules import Mark
from traceability.service.checking import Check, Visitor

log = get_logger()


def with_bursts(visitor: Visitor) -> Visitor:
    """The visitor, with the bursts that are under way on their network. Before a transaction."""
    now = clock.now().timestamp()
    kept = lately().of(f"bursts {_network()}")
    found = (tuple(int(number) for number in text.split(":")) for text in kept)
    bursts = {batch: burst for batch, burst, ends in found if now < ends}
    return replace(visitor, bursts=bursts)


def note_check(check: Check, visitor: Visitor) -> None:
    """Keep a counted check for two hours; with enough others of its batch it is a burst."""
    stamp = check.stamp
    if check.token is None or check.own_at is not None or stamp is None:
        return  # It does not count.
    if stamp.batch_id in visitor.bursts:
        return  # It is in the burst already.
    mark = Mark(check.token, is_new=not check.checks.in_own_occasion)
    kept = lately().add(f"checks {stamp.batch_id} {_network()}", mark.text)
    marks = [rules.mark_of(text) for text in kept]
    if not rules.is_burst(marks):
        return
    if mark not in marks:
        marks.append(mark)
    try:
        with transaction(by=VISITOR) as work:
            burst = service.set_aside(work, check=check, marks=marks)
    except OperationalError as error:
        # The next check of the burst tries again.
        log.warning("burst not set aside", reason=type(error.orig).__name__)
        return
    # Two hours from its first check: the same stamps, looked at again later, are no more of them.
    ends = int(burst.began_at.timestamp()) + rules.BURST_SECONDS
    lately().add(f"bursts {_network()}", f"{stamp.batch_id}:{burst.id}:{ends}")


def _network() -> str:
    return keyed_mark("burst", rules.network_prefix(request.remote_addr or ""))
