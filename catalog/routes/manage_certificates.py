"""Certificates of a product as its maker enters them."""

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext

from accounts.rules import Act
from accounts.web import answer_once, own, requires
from catalog import queries, service
from catalog.errors import PaperChanged
from catalog.forms import CertificateForm, ChangeCertificateForm, VersionForm
from catalog.queries import EnteredCertificate, ManagedProduct
from catalog.routes.managing import day_words
from catalog.routes.paper_words import certificate_facts
from catalog.routes.sent_papers import after_papers, came_from, paper_sent, refused_beside
from catalog.service import NewPaper, PhotoPlace
from core.both_texts import BothTexts, both_texts
from core.errors import AppError, Changed
from core.forms import Drawn, Refused, as_typed, blank, read
from core.language import current_language
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("manage_certificates", __name__, enable_openapi=False)


@bp.get("/manage/products/<public_id:public_id>/certificates")
@requires(Act.EDIT_PAPERS)
def new(public_id: str) -> Response:
    """The form of a certificate."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    return _draw(product, None, blank(), 200)


@bp.post("/manage/products/<public_id:public_id>/certificates")
@requires(Act.EDIT_PAPERS)
def add(public_id: str) -> Response:
    """Keep what the maker reads off the paper."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    form = read(CertificateForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, None, form, 422)

    def effect(work: Work) -> str:
        is_shown = service.enter_certificate(
            work,
            product_id=product.id,
            paper=NewPaper(form.entry, photo_id=sent.take(work) if sent else None),
        )
        return after_papers(product.public_id, is_shown=is_shown)

    try:
        sent = paper_sent(_place(product))
        return answer_once(effect)
    except AppError as refusal:
        return _draw_refused(product, None, refusal)


@bp.get("/manage/certificates/<public_id:public_id>")
@requires(Act.EDIT_PAPERS)
def shown(public_id: str) -> Response:
    """The form of a certificate as it is."""
    found, product = _found(public_id)
    return _draw(product, found, _as_it_is(found), 200)


@bp.post("/manage/certificates/<public_id:public_id>")
@requires(Act.EDIT_PAPERS)
def change(public_id: str) -> Response:
    """Correct it, unless it changed since the form was drawn."""
    found, product = _found(public_id)
    form = read(ChangeCertificateForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, found, form, 422)

    def effect(work: Work) -> str:
        photo_id = sent.take(work) if sent else None
        is_shown = service.enter_certificate(
            work,
            product_id=product.id,
            paper=NewPaper(form.entry, photo_id, found.id, form.version),
        )
        return after_papers(product.public_id, is_shown=is_shown)

    try:
        sent = paper_sent(_place(product))
        return answer_once(effect)
    except AppError as refusal:
        return _draw_refused(product, found, refusal)


@bp.get("/manage/certificates/<public_id:public_id>/remove")
@requires(Act.EDIT_PAPERS)
def ask_to_remove(public_id: str) -> Response:
    """Say what goes with it before it is removed."""
    found, product = _found(public_id)
    return page(
        "catalog/manage/remove_paper.html",
        product=product,
        title=gettext("Bỏ giấy chứng nhận này?"),
        facts=certificate_facts(found, current_language()),
        loses=False,
        action=f"/manage/certificates/{found.public_id}/remove",
        version=found.version,
    )


@bp.post("/manage/certificates/<public_id:public_id>/remove")
@requires(Act.EDIT_PAPERS)
def remove(public_id: str) -> Response:
    """Remove it as it was on the screen."""
    found, product = _found(public_id)
    form = read(VersionForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.remove_certificate(work, certificate_id=found.id, version=form.version)
        return f"/manage/products/{product.public_id}/papers"

    return answer_once(effect)


def _found(public_id: str) -> tuple[EnteredCertificate, ManagedProduct]:
    with reading() as session:
        found = own(queries.entered_certificate(session, public_id))
        return found, queries.managed_products(session, [found.product_id])[0]


def _place(product: ManagedProduct) -> PhotoPlace:
    return PhotoPlace(product.id, product.enterprise_id, "certificate")


def _as_it_is(found: EnteredCertificate) -> Drawn:
    return blank(
        name=found.name,
        issuer=found.issuer,
        number=found.number,
        scope=found.scope,
        valid_from=day_words(found.valid_from, "vi"),
        valid_until=day_words(found.valid_until, "vi"),
        version=found.version,
    )


def _draw_refused(
    product: ManagedProduct, found: EnteredCertificate | None, refusal: AppError
) -> Response:
    if isinstance(refusal, PaperChanged) and found is not None:
        found, _ = _found(found.public_id)
        both = both_texts(
            ChangeCertificateForm, as_typed(ChangeCertificateForm, request.form), _as_it_is(found)
        )
        return _draw(product, found, _as_it_is(found), refusal.status, both=both)
    return _draw(product, found, refused_beside(ChangeCertificateForm, refusal), refusal.status)


def _draw(
    product: ManagedProduct,
    found: EnteredCertificate | None,
    form: Drawn,
    status: int,
    *,
    both: BothTexts | None = None,
) -> Response:
    return page(
        "catalog/manage/certificate.html",
        status=status,
        product=product,
        found=found,
        form=form,
        both=both,
        is_paper_lost=bool(request.files.get("paper")),
        then=came_from(),
    )
