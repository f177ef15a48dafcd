"""`/api/v1/certificates`: papers of products as their makers read them."""

from apiflask import APIBlueprint
from flask import Response

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own
from catalog import queries, service
from catalog.api.changes import told_change
from catalog.api.products import found
from catalog.api.shapes import Certificate, Change
from catalog.forms import CertificateForm, ChangeCertificateForm, VersionForm
from catalog.queries import EnteredCertificate
from catalog.service import NewPaper
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.lists import Listed
from core.work import Work, reading

bp = APIBlueprint("api_certificates", __name__, tag="papers", url_prefix=API)


@bp.get("/products/<public_id:public_id>/certificates")
@asks(Act.VIEW_MANAGE, TokenScope.READ_PRODUCTS)
@describes(Description(answer=Listed[Certificate]))
def listed(public_id: str) -> Response:
    """A product's certificates, all of them, the one that began last first."""
    product = found(public_id)
    with reading() as session:
        entered = queries.entered_certificates(session, product.id)
    return show(Listed(items=[Certificate.of(each) for each in entered], next=None))


@bp.post("/products/<public_id:public_id>/certificates")
@asks(Act.EDIT_PAPERS, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=CertificateForm, answer=Certificate, status=201, also={202: Change}))
def add(public_id: str) -> Response:
    """Enter a certificate; of goods on sale it waits for an officer first (202)."""
    product, form = found(public_id), read_body(CertificateForm)

    def effect(work: Work) -> Answer:
        paper = NewPaper(form.entry)
        if not service.enter_certificate(work, product_id=product.id, paper=paper):
            return told_change(work, product.id)
        # The product's row is held, so the newest is the one just entered.
        entered = queries.entered_certificates(work.session, product.id)
        made = max(entered, key=lambda one: one.id)
        location = f"{API}/certificates/{made.public_id}"
        return answer_of(Certificate.of(made), status=201, location=location)

    return answer_write(effect)


@bp.get("/certificates/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_PRODUCTS)
@describes(Description(answer=Certificate))
def shown(public_id: str) -> Response:
    """One certificate."""
    return show(Certificate.of(_found(public_id)))


@bp.patch("/certificates/<public_id:public_id>")
@asks(Act.EDIT_PAPERS, TokenScope.WRITE_PRODUCTS)
@describes(
    Description(body=ChangeCertificateForm, answer=Certificate, is_partial=True, also={202: Change})
)
def change(public_id: str) -> Response:
    """Correct a certificate; of goods on sale the correction waits for an officer first (202)."""
    entered = _found(public_id)
    form = read_body(ChangeCertificateForm, over=Certificate.of(entered))

    def effect(work: Work) -> Answer:
        paper = NewPaper(form.entry, replaces=entered.id, replaces_version=form.version)
        if not service.enter_certificate(work, product_id=entered.product_id, paper=paper):
            return told_change(work, entered.product_id)
        corrected = queries.entered_certificate(work.session, public_id)
        assert corrected is not None, "it was just written"
        return answer_of(Certificate.of(corrected))

    return answer_write(effect)


@bp.delete("/certificates/<public_id:public_id>")
@asks(Act.EDIT_PAPERS, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=VersionForm, status=204))
def remove(public_id: str) -> Response:
    """Remove a certificate."""
    entered, form = _found(public_id), read_body(VersionForm)

    def effect(work: Work) -> Answer:
        service.remove_certificate(work, certificate_id=entered.id, version=form.version)
        return answer_of(None, status=204)

    return answer_write(effect)


def _found(public_id: str) -> EnteredCertificate:
    with reading() as session:
        return own(queries.entered_certificate(session, public_id))
