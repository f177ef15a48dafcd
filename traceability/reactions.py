"""What traceability does when it hears of something: it tells the public log, or forgets."""

from accounts.queries import makers
from core.outbox import Happening
from core.work import Work
from traceability import messages, recall_letters
from traceability.models import LotRecall
from traceability.rules import Side
from traceability.service import (
    Told,
    forget_salt,
    tell_changed_papers,
    tell_correction,
    tell_void,
)


def log_void(work: Work, happening: Happening) -> None:
    """On `StampsVoided`: an entry that ordinals of a batch are void from then on."""
    tell_void(work, _told(happening), reason=happening.fields["reason"])


def log_papers(work: Work, happening: Happening) -> None:
    """On `PapersChanged`: entries of what holds of stamped goods now, and what no longer does."""
    said = happening.fields
    tell_changed_papers(work, product_id=said["product_id"], enterprise_id=said["enterprise_id"])


def log_rebinding(work: Work, happening: Happening) -> None:
    """On `StampsRebound`: an entry that printed ordinals are of another lot."""
    said = happening.fields
    tell_correction(
        work, _told(happening), from_lot_id=said["from_lot_id"], to_lot_id=said["to_lot_id"]
    )


def tell_of_asking(work: Work, happening: Happening) -> None:
    """On `ActivationAsked`: the enterprise's people read that one of them waits for another."""
    said = happening.fields
    messages.activation_asked(
        work, enterprise_id=said["enterprise_id"], asking_id=said["asking_id"]
    )


def tell_of_recall(work: Work, happening: Happening) -> None:
    """On `LotCalledBack`: shops that hold the lot, and the maker or the area's officers.

    Whoever called it back knows. Of a practice nobody is told.
    """
    recall = work.session.get_one(LotRecall, happening.fields["recall_id"])
    if _is_practice(work, recall):
        return
    recall_letters.tell_dealers(work, recall)
    if recall.by_side == Side.OFFICE:
        messages.recalled_by_office(work, recall)
    else:
        recall_letters.tell_officers(work, recall)


def tell_of_lift(work: Work, happening: Happening) -> None:
    """On `RecallLifted`: shops that hold the lot, and the maker where an office ended it."""
    recall = work.session.get_one(LotRecall, happening.fields["recall_id"])
    if _is_practice(work, recall):
        return
    recall_letters.tell_dealers(work, recall, is_over=True)
    if recall.lifted_by == Side.OFFICE:
        messages.lifted_by_office(work, recall)


def forget_name_in_log(work: Work, happening: Happening) -> None:
    """On `EnterpriseStandingChanged`: nobody can say whose a closed household's entries were."""
    forget_salt(work, enterprise_id=happening.fields["enterprise_id"])


def _is_practice(work: Work, recall: LotRecall) -> bool:
    return makers(work.session, [recall.enterprise_id])[recall.enterprise_id].is_practice


def _told(happening: Happening) -> Told:
    said = happening.fields
    return Told(said["batch_id"], said["first"], said["last"], happening.happened_at)
