"""The one function that asks: may this person do this to that?"""

from accounts.errors import EnterpriseSuspended, NoEnterprise, OwnEnterprise
from accounts.rules import Act, Decision, Owned, Who, decide
from core.errors import AppError, NotAllowed, NotFound, SignInNeeded

_REFUSALS: dict[Decision, type[AppError]] = {
    Decision.SIGN_IN_NEEDED: SignInNeeded,
    Decision.NOT_FOUND: NotFound,
    Decision.NOT_ALLOWED: NotAllowed,
    Decision.NO_ENTERPRISE: NoEnterprise,
    Decision.SUSPENDED: EnterpriseSuspended,
    Decision.OWN_ENTERPRISE: OwnEnterprise,
}


def require(who: Who | None, act: Act, thing: Owned | None = None) -> None:
    """Return if `who` may do `act` to `thing` (or at all, before a thing is known).

    Raises:
        SignInNeeded: nobody is signed in.
        NotFound: the thing is somebody else's, or outside the officer's area.
        NotAllowed: the person's role does not include the act; NoEnterprise, OwnEnterprise
            and EnterpriseSuspended are its particular cases.
    """
    decision = decide(who, act, thing)
    if decision is not Decision.ALLOWED:
        raise _REFUSALS[decision](f"{act}: {decision}")
