"""A product's papers as its maker enters them: the list, and OCOP recognitions."""

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext

from accounts.rules import Act
from accounts.web import answer_once, may, own, requires
from catalog import queries, service
from catalog.errors import PaperChanged
from catalog.forms import ChangeRecognitionForm, RecognitionForm, VersionForm
from catalog.queries import EnteredRecognition, ManagedProduct
from catalog.routes.listing_steps import kept_form
from catalog.routes.managing import day_words, reason_lines
from catalog.routes.paper_words import (
    authority_examples,
    certificate_facts,
    is_over,
    recognition_facts,
    score_words,
)
from catalog.routes.sent_papers import after_papers, came_from, paper_sent, refused_beside
from catalog.service import PhotoPlace
from core import clock
from core.both_texts import BothTexts, both_texts
from core.errors import AppError, Changed
from core.forms import Drawn, Refused, as_typed, blank, read
from core.language import current_language
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("manage_recognitions", __name__, enable_openapi=False)


@bp.get("/manage/products/<public_id:public_id>/papers")
@requires(Act.VIEW_MANAGE)
def listed(public_id: str) -> Response:
    """Certificates and recognitions of a product, each with what may be done."""
    language, today = current_language(), clock.today()
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
        recognitions = queries.entered_recognitions(session, product.id)
        certificates = queries.entered_certificates(session, product.id)
    return page(
        "catalog/manage/papers.html",
        product=product,
        recognitions=[
            (
                each,
                recognition_facts(each, language),
                reason_lines(each.refusal) if each.refusal else [],
                is_over(each.valid_until, today),
            )
            for each in recognitions
        ],
        certificates=[
            (each, certificate_facts(each, language), is_over(each.valid_until, today))
            for each in certificates
        ],
        may_edit=may(Act.EDIT_PAPERS),
        kept=kept_form(),
    )


@bp.get("/manage/products/<public_id:public_id>/recognitions")
@requires(Act.EDIT_PAPERS)
def new(public_id: str) -> Response:
    """The form of a recognition."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    return _draw(product, None, blank(), 200)


@bp.post("/manage/products/<public_id:public_id>/recognitions")
@requires(Act.EDIT_PAPERS)
def add(public_id: str) -> Response:
    """Keep what the maker reads off the decision; the province's officer looks at it."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    form = read(RecognitionForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, None, form, 422)

    def effect(work: Work) -> str:
        service.add_recognition(
            work,
            product_id=product.id,
            enterprise_id=product.enterprise_id,
            entry=form.entry,
            photo_id=sent.take(work) if sent else None,
        )
        return after_papers(product.public_id)

    try:
        sent = paper_sent(_place(product))
        return answer_once(effect)
    except AppError as refusal:
        return _draw_refused(product, None, refusal)


@bp.get("/manage/recognitions/<public_id:public_id>")
@requires(Act.EDIT_PAPERS)
def shown(public_id: str) -> Response:
    """The form of a recognition as it is."""
    found, product = _found(public_id)
    return _draw(product, found, _as_it_is(found), 200)


@bp.post("/manage/recognitions/<public_id:public_id>")
@requires(Act.EDIT_PAPERS)
def change(public_id: str) -> Response:
    """Correct it, unless it changed since the form was drawn; it waits for the officer again."""
    found, product = _found(public_id)
    form = read(ChangeRecognitionForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, found, form, 422)

    def effect(work: Work) -> str:
        service.change_recognition(
            work,
            recognition_id=found.id,
            version=form.version,
            entry=form.entry,
            photo_id=sent.take(work) if sent else None,
        )
        return after_papers(product.public_id)

    try:
        sent = paper_sent(_place(product))
        return answer_once(effect)
    except AppError as refusal:
        return _draw_refused(product, found, refusal)


@bp.get("/manage/recognitions/<public_id:public_id>/remove")
@requires(Act.EDIT_PAPERS)
def ask_to_remove(public_id: str) -> Response:
    """Say what goes with it before it is removed."""
    found, product = _found(public_id)
    return page(
        "catalog/manage/remove_paper.html",
        product=product,
        title=gettext("Bỏ hạng OCOP này?"),
        facts=recognition_facts(found, current_language()),
        loses=found.review == "confirmed",
        action=f"/manage/recognitions/{found.public_id}/remove",
        version=found.version,
    )


@bp.post("/manage/recognitions/<public_id:public_id>/remove")
@requires(Act.EDIT_PAPERS)
def remove(public_id: str) -> Response:
    """Remove it as it was on the screen."""
    found, product = _found(public_id)
    form = read(VersionForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.remove_recognition(work, recognition_id=found.id, version=form.version)
        return f"/manage/products/{product.public_id}/papers"

    return answer_once(effect)


def _found(public_id: str) -> tuple[EnteredRecognition, ManagedProduct]:
    with reading() as session:
        found = own(queries.entered_recognition(session, public_id))
        return found, queries.managed_products(session, [found.product_id])[0]


def _place(product: ManagedProduct) -> PhotoPlace:
    return PhotoPlace(product.id, product.enterprise_id, "decision")


def _as_it_is(found: EnteredRecognition) -> Drawn:
    return blank(
        stars=found.stars,
        score=score_words(found.score_hundredths, "vi"),
        decision=found.decision,
        decided_on=day_words(found.decided_on, "vi"),
        authority=found.authority,
        version=found.version,
    )


def _draw_refused(
    product: ManagedProduct, found: EnteredRecognition | None, refusal: AppError
) -> Response:
    if isinstance(refusal, PaperChanged) and found is not None:
        found, _ = _found(found.public_id)
        both = both_texts(
            ChangeRecognitionForm, as_typed(ChangeRecognitionForm, request.form), _as_it_is(found)
        )
        return _draw(product, found, _as_it_is(found), refusal.status, both=both)
    return _draw(product, found, refused_beside(ChangeRecognitionForm, refusal), refusal.status)


def _draw(
    product: ManagedProduct,
    found: EnteredRecognition | None,
    form: Drawn,
    status: int,
    *,
    both: BothTexts | None = None,
) -> Response:
    return page(
        "catalog/manage/recognition.html",
        status=status,
        product=product,
        found=found,
        form=form,
        authorities=authority_examples(),
        both=both,
        is_paper_lost=bool(request.files.get("paper")),
        then=came_from(),
    )
