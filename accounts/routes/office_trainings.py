"""A trainer's trainings: opened, the code for the board, who has done what, closed."""

from apiflask import APIBlueprint
from flask import Response, current_app, request
from markupsafe import Markup

from accounts import queries, service
from accounts.practice_forms import TrainingForm
from accounts.queries import TrainingCard
from accounts.routes.office_areas import areas
from accounts.rules import Act
from accounts.service import TrainingDay
from accounts.web import answer_once, requires, signed_in
from core import clock, display
from core.errors import NotFound
from core.forms import Drawn, Refused, blank, read
from core.language import current_language, gettext
from core.pages import page
from core.places import commune_name, province_name
from core.qr import svg
from core.slots import fill
from core.work import Work, reading

bp = APIBlueprint("office_trainings", __name__, enable_openapi=False)


@bp.get("/office/trainings")
@requires(Act.HOLD_TRAINING)
def listed() -> Response:
    """One's own trainings and the form of a new one."""
    today = display.day(clock.today(), current_language())
    return _draw(blank(held_on=today), 200)


@bp.post("/office/trainings")
@requires(Act.HOLD_TRAINING)
def open_one() -> Response:
    """Open a training; its page shows the code for the board."""
    form = read(TrainingForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)
    if form.area not in dict(_areas()):
        said = gettext("Xin chọn một trong các mục có sẵn.")
        typed = {name: request.form.get(name, "") for name in ("name", "held_on")}
        return _draw(Refused(typed, {"area": said}), 422)
    province, commune = form.place
    day = TrainingDay(form.name, form.held_on, province, commune)

    def effect(work: Work) -> str:
        return f"/office/trainings/{service.open_training(work, day=day)}"

    return answer_once(effect)


@bp.get("/office/trainings/<public_id:public_id>")
@requires(Act.HOLD_TRAINING)
def shown(public_id: str) -> Response:
    """The code, and how far each learner is."""
    one = _own(public_id)
    link = f"{current_app.config['SETTINGS'].public_url}/practice?code={one.code}"
    with reading() as session:
        learners = queries.learners_of(session, one.id)
        steps = fill("training.steps", session, [each.id for each in learners])
    return page(
        "accounts/office/training.html",
        is_officer=bool(signed_in().offices),
        training=one,
        place=_place(one),
        day=display.day(one.held_on, current_language()),
        link=link,
        code=f"{one.code[:3]} {one.code[3:]}",
        # Dark on white whatever the page's colours: our own markup, with no words of anybody.
        picture=Markup(svg(link, gettext("Mã vuông để vào buổi tập huấn"))),  # noqa: S704
        learners=[(each.name, steps[each.id]) for each in learners],
    )


@bp.post("/office/trainings/<public_id:public_id>/close")
@requires(Act.HOLD_TRAINING)
def close(public_id: str) -> Response:
    """Let nobody join any more."""
    one = _own(public_id)

    def effect(work: Work) -> str:
        service.close_training(work, public_id=one.public_id)
        return f"/office/trainings/{one.public_id}"

    return answer_once(effect)


def _own(public_id: str) -> TrainingCard:
    with reading() as session:
        found = queries.training(session, public_id)
    if found is None or found.trainer_id != signed_in().person_id:
        raise NotFound("no training of this trainer")
    return found


def _areas() -> list[tuple[str, str]]:
    """Where one may train: in one's offices' areas, and in those of teams one leads."""
    someone = signed_in()
    return areas((*someone.offices, *someone.leads))


def _place(one: TrainingCard) -> str:
    names = (commune_name(one.commune_code), province_name(one.province_code))
    return ", ".join(name for name in names if name)


def _draw(form: Drawn, status: int) -> Response:
    language = current_language()
    with reading() as session:
        own = queries.trainings_of(session, signed_in().person_id)
    return page(
        "accounts/office/trainings.html",
        status=status,
        form=form,
        areas=_areas(),
        is_officer=bool(signed_in().offices),
        trainings=[(one, display.day(one.held_on, language), _place(one)) for one in own],
    )
