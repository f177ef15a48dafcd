"""Who hears of what: event name → handlers. The one place where features below meet those above."""

from accounts.events import EnterpriseStandingChanged
from catalog.events import PapersChanged
from catalog.reactions import find_goods_anew
from core.worker.events import Reactions
from traceability.events import (
    ActivationAsked,
    LotCalledBack,
    RecallLifted,
    StampsRebound,
    StampsVoided,
)
from traceability.reactions import (
    forget_name_in_log,
    log_papers,
    log_rebinding,
    log_void,
    tell_of_asking,
    tell_of_lift,
    tell_of_recall,
)

REACTIONS: Reactions = {
    EnterpriseStandingChanged.name: (find_goods_anew, forget_name_in_log),
    ActivationAsked.name: (tell_of_asking,),
    LotCalledBack.name: (tell_of_recall,),
    RecallLifted.name: (tell_of_lift,),
    PapersChanged.name: (log_papers,),
    StampsVoided.name: (log_void,),
    StampsRebound.name: (log_rebinding,),
}
