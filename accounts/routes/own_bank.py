"""Where an enterprise is paid by transfer: nobody's but its director's and accountant's."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.forms import BankForm
from accounts.routes.own_versions import both_or_refusal
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, requires
from core.both_texts import BothTexts
from core.errors import Changed
from core.forms import Drawn, Refused, blank, read
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("own_bank", __name__, enable_openapi=False)
PATH = "/manage/enterprise/bank"


@bp.get(PATH)
@requires(Act.MANAGE_BANK)
def form() -> Response:
    """The account, or an empty form."""
    return _draw(_as_it_is(_account()), status=200)


@bp.post(PATH)
@requires(Act.MANAGE_BANK)
def save() -> Response:
    """Keep the account."""
    typed = read(BankForm, request.form)
    if isinstance(typed, Refused):
        return _draw(typed, status=422)

    def effect(work: Work) -> str:
        service.keep_bank_account(
            work,
            enterprise_id=enterprise_id(),
            version=typed.version,
            account=service.Account(typed.bank, typed.number, typed.holder),
        )
        return "/manage/enterprise"

    try:
        return answer_once(effect)
    except Changed as refusal:
        here = _as_it_is(_account())
        return _draw(here, status=refusal.status, both=both_or_refusal(refusal, BankForm, here))


@bp.post(f"{PATH}/remove")
@requires(Act.MANAGE_BANK)
def remove() -> Response:
    """Be paid in cash from now on."""

    def effect(work: Work) -> str:
        service.remove_bank_account(work, enterprise_id=enterprise_id())
        return "/manage/enterprise"

    return answer_once(effect)


def _account() -> queries.OwnBankAccount | None:
    with reading() as session:
        return queries.bank_account(session, enterprise_id())


def _as_it_is(account: queries.OwnBankAccount | None) -> Drawn:
    if account is None:
        return blank(version=0)
    return blank(
        bank=account.bank, number=account.number, holder=account.holder, version=account.version
    )


def _draw(drawn: Drawn, *, status: int, both: BothTexts | None = None) -> Response:
    return page(
        "accounts/manage/bank.html", status=status, form=drawn, account=_account(), both=both
    )
