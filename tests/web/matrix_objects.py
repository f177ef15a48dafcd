"""What the matrix test (test_matrix.py) must know of each route. A new route adds its line here."""

from collections.abc import Callable, Mapping

from accounts.models import Enterprise
from core.jobs import enqueue
from core.work import Work
from tests.makers import make_lot, make_product

# Routes anybody may ask, by endpoint. Nothing below /manage or /office can stand here.
PUBLIC = frozenset(
    {
        "components.components",
        "health.healthz",
        "health.metrics",
        "health.readyz",
        "home.home",
        "lots.lot",
        "makers.maker",
        "makers.makers_list",
        "products.product",
        "shelf.goods",
        "texts.ranking",
        "texts.robots",
        "texts.stamps",
        "language.choose",
        "openapi.spec",
        "password.form",
        "password.save",
        "report.received",
        "report.send",
        "resolver.resolve",
        "scan.form",
        "scan.scan",
        "sign_in.begin",
        "sign_in.end",
        "sign_in.form",
        "stamp.past_check",
        "stamp.printed",
        "stamp.stamp",
        "static",
    }
)


def _job(work: Work, _enterprise: Enterprise) -> str:
    return enqueue(work, kind="nothing", arguments={}).public_id


def _lot(work: Work, enterprise: Enterprise) -> str:
    return make_lot(work, product=make_product(work, enterprise=enterprise)).public_id


def _product(work: Work, enterprise: Enterprise) -> str:
    return make_product(work, enterprise=enterprise, state="submitted").public_id


# How to make the object a path names, by the word before it: /manage/lots/<…> is a lot.
# `work.by` is whoever will ask, acting for the enterprise whose the object is.
OBJECTS: Mapping[str, Callable[[Work, Enterprise], str]] = {
    "jobs": _job,
    "lots": _lot,
    "products": _product,
}
