"""What traceability does when it hears of something: it tells the public log, or forgets."""

from core.outbox import Happening
from core.work import Work
from traceability.service import forget_salt, tell_void


def log_void(work: Work, happening: Happening) -> None:
    """On `StampsVoided`: an entry that ordinals of a batch are void from then on."""
    said = happening.fields
    tell_void(
        work,
        batch_id=said["batch_id"],
        first=said["first"],
        last=said["last"],
        reason=said["reason"],
        at=happening.happened_at,
    )


def forget_name_in_log(work: Work, happening: Happening) -> None:
    """On `EnterpriseStandingChanged`: nobody can say whose a closed household's entries were."""
    forget_salt(work, enterprise_id=happening.fields["enterprise_id"])
