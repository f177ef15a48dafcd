"""What the catalog shows on pages of higher features: things to do, messages, what waits."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from accounts.queries import offices_by_id, steps_of
from accounts.rules import Act
from accounts.web import may
from catalog import queries
from catalog.queries.figures import listings_by_state
from catalog.rules import ProductState
from catalog.waiting import waiting_lines
from core import clock, display
from core.language import gettext
from core.messages import messages_by_id
from core.slots import Panel

SHOWN_IN_QUEUE = 5
# Among all things to do the lower rank stands first; only whoever may do it is asked to.
_CAME_BACK = (10, Act.EDIT_PRODUCT)
_TODO = {
    ProductState.RETURNED: _CAME_BACK,
    ProductState.DRAFT: (40, Act.SUBMIT_PRODUCT),
}
_OUR_MESSAGES = frozenset(
    {
        "product_published",
        "product_returned",
        "change_published",
        "change_returned",
        "recognition_confirmed",
        "recognition_refused",
    }
)
# From what sells to what does not, as the picture shows them.
_DRAWN = (
    ProductState.PUBLISHED,
    ProductState.PRACTICE,
    ProductState.SUBMITTED,
    ProductState.RETURNED,
    ProductState.DRAFT,
    ProductState.WITHDRAWN,
)
ENDS_SOON = timedelta(days=28)  # Renewing a certificate takes an office some weeks.
_ENDING_RANK = 30
ENDS_AT_ONCE = timedelta(days=7)
_ENDING_AT_ONCE_RANK = 5  # Before what came back: that can wait a week.
_FIGURES_RANK = 30
_FIRST_RANK = 60  # Below what must be sent or mended before.
_LOTLESS = (50, Act.DECLARE_LOT)


def todo(session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """What came back, was not sent, has no lot; or the first product. At most three statements."""
    found: dict[int, list[Panel]] = defaultdict(list)
    unfinished = queries.unfinished_products(session, enterprise_ids)
    having = {product.enterprise_id for product in unfinished}
    for product in unfinished:
        came_back = product.change_state == "returned"
        rank, act = _CAME_BACK if came_back else _TODO.get(product.state, _LOTLESS)
        if may(act):
            panel = Panel("catalog/manage/todo.html", {"product": product}, rank=rank)
            found[product.enterprise_id].append(panel)
    idle = [each for each in enterprise_ids if each not in having]
    if idle and may(Act.EDIT_PRODUCT):
        for each in set(idle) - queries.enterprises_with_goods(session, idle):
            found[each].append(Panel("catalog/manage/todo_first.html", {}, rank=_FIRST_RANK))
    return found


def papers_ending(session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """Certificates that end within four weeks, while there is time to renew them. One statement."""
    found: dict[int, list[Panel]] = defaultdict(list)
    if not may(Act.EDIT_PAPERS):
        return found
    today = clock.today()
    by = today + ENDS_SOON
    for each in queries.ending_certificates(session, enterprise_ids, today=today, by=by):
        assert each.valid_until is not None, "one without an end is not found"
        left = each.valid_until - today
        shown = {"certificate": each, "days": left.days}
        rank = _ENDING_AT_ONCE_RANK if left <= ENDS_AT_ONCE else _ENDING_RANK
        panel = Panel("catalog/manage/todo_paper.html", shown, rank=rank)
        found[each.enterprise_id].append(panel)
    return found


def listings_drawn(session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """`manage.figures`: a maker's listings by state, as a picture. One statement."""
    panels: dict[int, list[Panel]] = {}
    for id_, found in listings_by_state(session, enterprise_ids).items():
        counted = [(state.value, found[state]) for state in _DRAWN if state in found]
        shown = {"counted": counted, "display": display}
        panels[id_] = [Panel("catalog/manage/figures.html", shown, rank=_FIGURES_RANK)]
    return panels


def messages(session: Session, message_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """The sentences of what officers decided. Three statements."""
    ours = [
        message for message in messages_by_id(session, message_ids) if message.kind in _OUR_MESSAGES
    ]
    ids = {message.values["product_id"] for message in ours}
    products = {each.id: each for each in queries.managed_products(session, sorted(ids))}
    return {
        message.id: [
            Panel(
                "catalog/manage/message.html",
                {"kind": message.kind, "product": products[message.values["product_id"]]},
            )
        ]
        for message in ours
    }


def office_queue(session: Session, appointment_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """The oldest products that wait in each office's area; seven statements an office."""
    now = clock.now()
    found: dict[int, list[Panel]] = {}
    for office in offices_by_id(session, appointment_ids, today=clock.today()).values():
        count = queries.waiting_count(session, [office], now=now)
        waiting = queries.waiting_products(session, [office], limit=SHOWN_IN_QUEUE, now=now)
        lines = waiting_lines(session, waiting, now=now) if waiting else []
        panel = Panel("catalog/office/waiting.html", {"count": count, "waiting": lines})
        found[office.id] = [panel] if lines else []
    return found


def listed_by_learners(session: Session, learner_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """`training.steps`: who has listed something. One statement."""
    done = steps_of(session, learner_ids, ["listed"])
    words = gettext("Đăng hàng")
    return {
        id_: [Panel("accounts/practice/step.html", {"words": words, "done": id_ in done}, rank=10)]
        for id_ in learner_ids
    }


def recognitions_of_area(
    session: Session, appointment_ids: Sequence[int]
) -> dict[int, list[Panel]]:
    """How many recognitions wait for each office; a commune's has none. Two statements each."""
    found: dict[int, list[Panel]] = {}
    for office in offices_by_id(session, appointment_ids, today=clock.today()).values():
        is_asked = office.may(Act.CONFIRM_RECOGNITION)
        count = queries.waiting_recognition_count(session, [office]) if is_asked else 0
        panel = Panel("catalog/office/waiting_recognitions.html", {"count": count})
        found[office.id] = [panel] if count else []
    return found
