"""What a maker wants said of goods on sale: asked for, worded anew, taken back."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.rules import Act
from accounts.web import answer_once, own, requires
from catalog import queries, service
from catalog.errors import Beside, ChangeMoved, ProductClosed
from catalog.forms import DropCertificateForm, ProposalForm, SeenChangeForm
from catalog.queries import ListingChange, ManagedProduct
from catalog.routes.groups import group_choices, group_name
from catalog.routes.listing_steps import kept_form
from catalog.routes.managing import reason_lines
from catalog.routes.office_lines import changes_between
from catalog.routes.paper_words import certificate_facts
from catalog.rules import ProductState
from catalog.waiting import waiting_lines
from core import clock
from core.both_texts import BothTexts, both_texts
from core.errors import Changed
from core.forms import Drawn, Refused, as_typed, blank, read, refused
from core.language import current_language
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading

bp = APIBlueprint("manage_changes", __name__, enable_openapi=False)


@bp.get("/manage/products/<public_id:public_id>/change")
@requires(Act.SUBMIT_PRODUCT)
def shown(public_id: str) -> Response:
    """The form of a change, with what waits already beside what is on sale."""
    product, change = _found(public_id)
    if product.state is not ProductState.PUBLISHED:
        return see_other(f"/manage/products/{product.public_id}")
    return _draw(product, change, _as_it_is(product, change), 200)


@bp.post("/manage/products/<public_id:public_id>/change")
@requires(Act.SUBMIT_PRODUCT)
def propose(public_id: str) -> Response:
    """Send the words to the officers; what is on sale stays as it is."""
    product, change = _found(public_id)
    form = read(ProposalForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, change, form, 422)

    def effect(work: Work) -> str:
        service.propose_words(
            work, product_id=product.id, seen=form.seen, group=form.group, words=form.words
        )
        return f"/manage/products/{product.public_id}"

    try:
        return answer_once(effect)
    except Beside as refusal:
        drawn = refused(request.form, ProposalForm, refusal, at=refusal.field)
        return _draw(product, change, drawn, refusal.status)
    except ChangeMoved as refusal:
        return _draw_moved(public_id, refusal)
    except ProductClosed:
        return see_other(f"/manage/products/{product.public_id}")  # It says where it stands.


@bp.post("/manage/products/<public_id:public_id>/change/withdraw")
@requires(Act.SUBMIT_PRODUCT)
def withdraw(public_id: str) -> Response:
    """Take the change back as it was on the screen."""
    product, _ = _found(public_id)
    form = read(SeenChangeForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.withdraw_change(work, product_id=product.id, seen=form.seen)
        return f"/manage/products/{product.public_id}"

    return answer_once(effect)


@bp.post("/manage/products/<public_id:public_id>/change/certificate")
@requires(Act.SUBMIT_PRODUCT)
def drop(public_id: str) -> Response:
    """Take one certificate out of the change."""
    product, _ = _found(public_id)
    form = read(DropCertificateForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.drop_certificate(work, product_id=product.id, seen=form.seen, key=form.key)
        return f"/manage/products/{product.public_id}/change"

    return answer_once(effect)


def _found(public_id: str) -> tuple[ManagedProduct, ListingChange | None]:
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
        return product, queries.open_change(session, product.id)


def _as_it_is(product: ManagedProduct, change: ListingChange | None) -> Drawn:
    words = change.proposed if change else {}
    return blank(
        name=words.get("name", product.name),
        group=words.get("group", product.group),
        summary=words.get("summary", product.summary),
        story=words.get("story", product.story),
        version=change.version if change else product.version,
        change=change.public_id if change else "",
    )


def _draw_moved(public_id: str, refusal: ChangeMoved) -> Response:
    """What was typed and the change as it now is, to choose from."""
    product, change = _found(public_id)
    here = _as_it_is(product, change)
    typed = as_typed(ProposalForm, request.form)
    # Which change is meant is not the maker's to choose: the one that is open now.
    typed = Drawn({**typed.values, "change": here.value("change")})
    both = both_texts(ProposalForm, typed, here, said={"group": group_name})
    return _draw(product, change, typed, refusal.status, both=both)


def _draw(
    product: ManagedProduct,
    change: ListingChange | None,
    form: Drawn,
    status: int,
    *,
    both: BothTexts | None = None,
) -> Response:
    language, waits = current_language(), [product] if product.change_state == "waiting" else []
    with reading() as session:
        lying = [line.lying for line in waiting_lines(session, waits, now=clock.now())]
    papers = change.certificates if change else ()
    return page(
        "catalog/manage/change.html",
        status=status,
        product=product,
        change=change,
        lying=lying[0] if lying else None,
        changes=changes_between(product.said, change.proposed) if change else [],
        certificates=[(each, certificate_facts(each, language)) for each in papers],
        reasons=reason_lines(change.reason) if change and change.reason else [],
        form=form,
        choices=group_choices(),
        both=both,
        kept=kept_form(),
    )
