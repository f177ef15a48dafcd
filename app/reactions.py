"""Who hears of what: event name → handlers. The one place where features below meet those above."""

from accounts.events import EnterpriseStandingChanged
from catalog.reactions import find_goods_anew
from core.worker.events import Reactions

REACTIONS: Reactions = {EnterpriseStandingChanged.name: (find_goods_anew,)}
