"""`/api/v1/recognitions`: OCOP ranks as their makers read them off the decision."""

from apiflask import APIBlueprint
from flask import Response

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own
from catalog import queries, service
from catalog.api.products import found
from catalog.api.shapes import Recognition
from catalog.forms import ChangeRecognitionForm, RecognitionForm, VersionForm
from catalog.queries import EnteredRecognition
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.lists import Listed
from core.work import Work, reading

bp = APIBlueprint("api_recognitions", __name__, tag="papers", url_prefix=API)


@bp.get("/products/<public_id:public_id>/recognitions")
@asks(Act.VIEW_MANAGE, TokenScope.READ_PRODUCTS)
@describes(Description(answer=Listed[Recognition]))
def listed(public_id: str) -> Response:
    """What was entered of a product's rank, all of it, the latest decision first."""
    product = found(public_id)
    with reading() as session:
        entered = queries.entered_recognitions(session, product.id)
    return show(Listed(items=[Recognition.of(each) for each in entered], next=None))


@bp.post("/products/<public_id:public_id>/recognitions")
@asks(Act.EDIT_PAPERS, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=RecognitionForm, answer=Recognition, status=201))
def add(public_id: str) -> Response:
    """Enter a recognition: no star before the province's officer confirms it."""
    product, form = found(public_id), read_body(RecognitionForm)

    def effect(work: Work) -> Answer:
        made = service.add_recognition(
            work,
            product_id=product.id,
            enterprise_id=product.enterprise_id,
            entry=form.entry,
        )
        assert made.public_id is not None, "what a maker enters has an id"
        return _told(work, made.public_id, is_new=True)

    return answer_write(effect)


@bp.get("/recognitions/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_PRODUCTS)
@describes(Description(answer=Recognition))
def shown(public_id: str) -> Response:
    """One recognition, and what an officer said of it."""
    return show(Recognition.of(_found(public_id)))


@bp.patch("/recognitions/<public_id:public_id>")
@asks(Act.EDIT_PAPERS, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=ChangeRecognitionForm, answer=Recognition, is_partial=True))
def change(public_id: str) -> Response:
    """Correct it: it waits for the officer again."""
    entered = _found(public_id)
    form = read_body(ChangeRecognitionForm, over=Recognition.of(entered))

    def effect(work: Work) -> Answer:
        service.change_recognition(
            work, recognition_id=entered.id, version=form.version, entry=form.entry
        )
        return _told(work, public_id)

    return answer_write(effect)


@bp.delete("/recognitions/<public_id:public_id>")
@asks(Act.EDIT_PAPERS, TokenScope.WRITE_PRODUCTS)
@describes(Description(body=VersionForm, status=204))
def remove(public_id: str) -> Response:
    """Remove it, with its star if it had one."""
    entered, form = _found(public_id), read_body(VersionForm)

    def effect(work: Work) -> Answer:
        service.remove_recognition(work, recognition_id=entered.id, version=form.version)
        return answer_of(None, status=204)

    return answer_write(effect)


def _found(public_id: str) -> EnteredRecognition:
    with reading() as session:
        return own(queries.entered_recognition(session, public_id))


def _told(work: Work, public_id: str, *, is_new: bool = False) -> Answer:
    work.session.flush()
    entered = queries.entered_recognition(work.session, public_id)
    assert entered is not None, "it was just written"
    location = f"{API}/recognitions/{public_id}" if is_new else ""
    status = 201 if is_new else 200
    return answer_of(Recognition.of(entered), status=status, location=location)
