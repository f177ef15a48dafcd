"""Where an enterprise is paid by transfer: nobody's but its director's and accountant's."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.forms import BankForm
from accounts.registering import compact_number
from accounts.routes.own_versions import with_both_texts
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, requires
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
    account = _account()
    if account is None:
        return _draw(blank(version=0), status=200)
    drawn = blank(
        bank=account.bank, number=account.number, holder=account.holder, version=account.version
    )
    return _draw(drawn, status=200)


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
            account=service.Account(typed.bank, compact_number(typed.number), typed.holder),
        )
        return "/manage/enterprise"

    try:
        return answer_once(effect)
    except Changed:
        account = _account()
        here = (
            {"bank": account.bank, "number": account.number, "holder": account.holder}
            if account
            else {}
        )
        drawn = with_both_texts(BankForm, here, account.version if account else 0)
        return _draw(drawn, status=Changed.status)


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


def _draw(drawn: Drawn, *, status: int) -> Response:
    return page("accounts/manage/bank.html", status=status, form=drawn, account=_account())
