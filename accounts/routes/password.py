"""The one-time link by which somebody sets a password."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import passwords, queries, service
from accounts.errors import LinkUsed
from accounts.forms import NewPasswordForm
from core import clock
from core.forms import Drawn, Refused, read
from core.guard import anonymous_form
from core.limits import Limit, misses, network_of
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, reading, transaction

bp = APIBlueprint("password", __name__, enable_openapi=False)

LINKS_BY_ADDRESS = Limit("password_link", ("20/1minute", "100/1hour"))


@bp.get("/password/<token>")
def form(token: str) -> Response:
    """The page of the link; looking at it does not use it up."""
    _refuse_dead(token)
    return page("accounts/password.html", form=Drawn())


@bp.post("/password/<token>")
@anonymous_form
def save(token: str) -> Response:
    """Set the password and go to sign in with it."""
    _refuse_dead(token)  # Before the slow hash: a guess costs nothing here.
    typed = read(NewPasswordForm, request.form)
    if isinstance(typed, Refused):
        return page("accounts/password.html", status=422, form=typed)
    password_hash = passwords.hash_of(typed.password)
    with transaction(by=VISITOR) as work:
        service.set_password(work, token=token, password_hash=password_hash)
    return see_other("/sign-in")


def _refuse_dead(token: str) -> None:
    network = network_of(request.remote_addr)
    misses().refuse(LINKS_BY_ADDRESS, network)
    with reading() as session:
        alive = queries.password_link_is_alive(session, token=token, now=clock.now())
    if not alive:
        misses().count(LINKS_BY_ADDRESS, network)
        raise LinkUsed("link used, old or unknown")
