"""Who hears of what: event name → handlers. The one place where features below meet those above."""

from core.worker.events import Reactions

REACTIONS: Reactions = {}
