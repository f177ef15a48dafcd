"""`/sms/inbound`: where the provider of SMS hands over what people sent us."""

import hmac
from typing import Annotated

from apiflask import APIBlueprint
from flask import Response, current_app, request
from pydantic import BaseModel, StringConstraints, ValidationError

from accounts.names import is_phone, sign_in_name
from core.guard import anonymous_form
from core.inbound import Incoming, receive
from core.limits import Limit, misses, network_of
from core.work import VISITOR, transaction

bp = APIBlueprint("inbound_sms", __name__, enable_openapi=False)

MOST_BYTES = 10_000
KEYS_BY_ADDRESS = Limit("sms_key", ("10/1minute", "50/1hour"))


class HandedOver(BaseModel):
    """An SMS as the provider writes it: its own id, the sender's number, the words."""

    id: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,100}$")]
    sender: Annotated[str, StringConstraints(max_length=40)]
    text: Annotated[str, StringConstraints(max_length=2_000)]

    @property
    def incoming(self) -> Incoming | None:
        """What is read; None where the sender is no telephone number."""
        number = sign_in_name(self.sender)
        if number is None or not is_phone(number):
            return None
        return Incoming(key=self.id, sender=number, words=self.text)


@bp.post("/sms/inbound")
@anonymous_form
def take() -> Response:
    """Take one SMS: 204, the same again too; 401 without our key, 422 what is none.

    Raises:
        TooManyTries: wrong keys came from this network too often.
    """
    if not _has_key():
        return Response(status=401)
    if (request.content_length or MOST_BYTES + 1) > MOST_BYTES:
        return Response(status=413)
    try:
        incoming = HandedOver.model_validate(_fields()).incoming
    except ValidationError:
        return Response(status=422)
    if incoming is None:  # Advertisers write names there: nobody to answer, nothing to try again.
        return Response(status=204)
    with transaction(by=VISITOR) as work:
        receive(work, incoming)
    return Response(status=204)


def _fields() -> dict[str, object]:
    sent = request.get_json(silent=True)
    return {**sent, "sender": sent.get("from")} if isinstance(sent, dict) else {}


def _has_key() -> bool:
    """Whether the provider shows our key, compared without telling how much of it was right."""
    key: str = current_app.config["SETTINGS"].sms_inbound_key
    network = network_of(request.remote_addr)
    shown = request.headers.get("Authorization", "")
    misses().refuse(KEYS_BY_ADDRESS, network)
    if key and hmac.compare_digest(shown.encode(), f"Bearer {key}".encode()):
        return True
    misses().count(KEYS_BY_ADDRESS, network)
    return False
