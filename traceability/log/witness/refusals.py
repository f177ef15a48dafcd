"""Why a witness does not cosign, each with its status of c2sp.org/tlog-witness."""

from traceability.log.errors import LogRefusal


class WitnessRefusal(LogRefusal):
    """No cosignature; `status` is HTTP's number for it."""

    status = 400


class MalformedRequest(WitnessRefusal):
    """The body is none of add-checkpoint's, or its note no checkpoint."""


class OldSizeTooLarge(WitnessRefusal):
    """The old size lies above the checkpoint's."""


class UnknownLog(WitnessRefusal):
    """The checkpoint is of a log this witness does not watch."""

    status = 404


class NotSignedByLog(WitnessRefusal):
    """No key trusted for the log signed the checkpoint as it stands."""

    status = 403


class ConsistencyRefused(WitnessRefusal):
    """The proof does not lead from the tree seen before to this one."""

    status = 422


class SecondRoot(WitnessRefusal):
    """The log signed another root for the size seen before: it contradicts itself."""

    status = 409


class SizeConflict(WitnessRefusal):
    """The log asked from another size than the one cosigned last, which is `known_size`."""

    status = 409

    def __init__(self, known_size: int) -> None:
        super().__init__(f"cosigned last: {known_size}")
        self.known_size = known_size
