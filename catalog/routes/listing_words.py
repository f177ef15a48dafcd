"""The screens of a listing on which words are typed: name, group, story."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.rules import Act
from accounts.web import requires
from catalog import service
from catalog.errors import Beside
from catalog.forms import VersionForm
from catalog.listing_forms import GroupForm, NameForm, StoryForm
from catalog.queries import ManagedProduct
from catalog.routes.groups import group_choices, group_name
from catalog.routes.listing_steps import go_on, now, screen, step_page
from catalog.rules import UNNAMED, ListingStep, is_first_told
from catalog.service import Words
from core.both_texts import both_texts
from core.errors import Changed
from core.forms import Drawn, Refused, as_typed, blank, read, refused
from core.work import Work

bp = APIBlueprint("listing_words", __name__, enable_openapi=False)


@bp.get("/manage/products/<public_id:public_id>/listing/name")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.NAME)
def name(product: ManagedProduct) -> Response:
    """Ask for the name."""
    return _draw_name(product, _name_here(product))


@bp.post("/manage/products/<public_id:public_id>/listing/name")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.NAME)
def keep_name(product: ManagedProduct) -> Response:
    """Keep the name."""
    form = read(NameForm, request.form)
    if isinstance(form, Refused):
        return _draw_name(product, form, status=422)
    words = Words(form.name)
    try:
        return _keep(product, form, ListingStep.NAME, group=product.group, words=words)
    except Beside as refusal:
        return _draw_name(
            product, refused(request.form, NameForm, refusal, at=refusal.field), status=422
        )
    except Changed:
        typed = as_typed(NameForm, request.form)
        return _draw_name(now(product), typed, status=409, is_changed=True)


@bp.get("/manage/products/<public_id:public_id>/listing/group")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.GROUP)
def group(product: ManagedProduct) -> Response:
    """Ask for the group, and what it is."""
    return _draw_group(product, _group_here(product))


@bp.post("/manage/products/<public_id:public_id>/listing/group")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.GROUP)
def keep_group(product: ManagedProduct) -> Response:
    """Keep them."""
    form = read(GroupForm, request.form)
    if isinstance(form, Refused):
        return _draw_group(product, form, status=422)
    words = Words(product.name, summary=form.summary)
    try:
        return _keep(product, form, ListingStep.GROUP, group=form.group, words=words)
    except Beside as refusal:
        return _draw_group(
            product, refused(request.form, GroupForm, refusal, at="group"), status=422
        )
    except Changed:
        typed = as_typed(GroupForm, request.form)
        return _draw_group(now(product), typed, status=409, is_changed=True)


@bp.get("/manage/products/<public_id:public_id>/listing/story")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.STORY)
def story(product: ManagedProduct) -> Response:
    """Ask three questions; what was told already comes back as one text."""
    return _draw_story(product, _story_here(product))


@bp.post("/manage/products/<public_id:public_id>/listing/story")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.STORY)
def keep_story(product: ManagedProduct) -> Response:
    """Keep the answers as one text."""
    form = read(StoryForm, request.form)
    if isinstance(form, Refused):
        return _draw_story(product, form, status=422)
    words = Words(product.name, story=form.told)
    try:
        return _keep(product, form, ListingStep.STORY, group=product.group, words=words)
    except Changed:
        typed = blank(story=form.told, version=form.version)
        return _draw_story(now(product), typed, status=409, is_changed=True)


def _keep(
    product: ManagedProduct, form: VersionForm, step: ListingStep, *, group: str, words: Words
) -> Response:
    def effect(work: Work) -> None:
        service.change_words(
            work, product_id=product.id, version=form.version, group=group, words=words
        )

    return go_on(product, step, effect)


def _name_here(product: ManagedProduct) -> Drawn:
    known = "" if product.name == UNNAMED else product.name
    return blank(name=known, version=product.version)


def _group_here(product: ManagedProduct) -> Drawn:
    known = "" if is_first_told(ListingStep.GROUP, product.listing_step) else product.group
    return blank(group=known, summary=product.summary, version=product.version)


def _story_here(product: ManagedProduct) -> Drawn:
    return blank(story=product.story, version=product.version)


def _draw_name(
    product: ManagedProduct, form: Drawn, *, status: int = 200, is_changed: bool = False
) -> Response:
    both = both_texts(NameForm, form, _name_here(product)) if is_changed else None
    return step_page(ListingStep.NAME, product, status=status, form=form, both=both)


def _draw_group(
    product: ManagedProduct, form: Drawn, *, status: int = 200, is_changed: bool = False
) -> Response:
    said = {"group": lambda code: group_name(code) if code else ""}
    both = both_texts(GroupForm, form, _group_here(product), said=said) if is_changed else None
    return step_page(
        ListingStep.GROUP, product, status=status, form=form, choices=group_choices(), both=both
    )


def _draw_story(
    product: ManagedProduct, form: Drawn, *, status: int = 200, is_changed: bool = False
) -> Response:
    both = both_texts(StoryForm, form, _story_here(product)) if is_changed else None
    return step_page(ListingStep.STORY, product, status=status, form=form, both=both)
