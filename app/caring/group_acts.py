"""Acts on several makers at once: a page that asks, then one transaction, then the list again."""

from collections.abc import Callable, Sequence

from flask import Response, request
from flask_babel import gettext

from accounts.care_forms import MOST_AT_ONCE, RemindForm
from accounts.care_words import REMINDERS
from accounts.queries import CaredMaker
from accounts.service import remind_makers
from accounts.web import answer_once
from app.caring.listing import Side, chosen_makers
from core.forms import Drawn, Refused, blank, read
from core.pages import page
from core.paging import address
from core.work import Work, reading


def ask_to_remind(side: Side) -> Response:
    """Whom it would go to, and what to say."""
    return _draw_reminder(side, blank(), chosen(side, request.args.getlist("maker")))


def remind(side: Side) -> Response:
    """Send the reminder to each, and say to whom it did not go."""
    form = read(RemindForm, request.form)
    makers = chosen(side, request.form.getlist("maker"))
    if isinstance(form, Refused) or not makers:
        drawn = form if isinstance(form, Refused) else blank()
        return _draw_reminder(side, drawn, makers, status=422)
    words = form.said
    return then_list(side, lambda work: remind_makers(work, makers=makers, words=words))


def chosen(side: Side, public_ids: Sequence[str]) -> list[CaredMaker]:
    """The makers that were ticked, as far as they are this side's."""
    ids = list(dict.fromkeys(one.upper() for one in public_ids))[:MOST_AT_ONCE]
    with reading() as session:
        return chosen_makers(session, side, ids)


def then_list(side: Side, effect: Callable[[Work], str]) -> Response:
    """Do it once, then lead to the list, which says to whom it went and to whom not."""
    return answer_once(lambda work: address(side.path, [("done", effect(work))]))


def draw(
    template: str,
    side: Side,
    form: Drawn,
    makers: Sequence[CaredMaker],
    *,
    status: int = 200,
    **more: object,
) -> Response:
    """The page that asks before several are acted on; without any it leads back."""
    return page(
        template,
        status=status if makers else 422,
        base=side.base,
        path=side.path,
        form=form,
        makers=makers,
        **more,
    )


def _draw_reminder(
    side: Side, form: Drawn, makers: Sequence[CaredMaker], *, status: int = 200
) -> Response:
    usual = [(str(at), gettext(words)) for at, words in enumerate(REMINDERS, 1)]
    return draw("app/caring/remind.html", side, form, makers, status=status, usual=usual)
