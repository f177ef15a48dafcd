"""What the public log refuses. It knows nothing of pages: a stranger's program raises these too."""


class LogRefusal(Exception):
    """Something of the log is not what it claims to be; the message says what, for a program."""


class ProofRefused(LogRefusal):
    """A Merkle proof does not lead from what it claims to the root it claims."""


class NoteRefused(LogRefusal):
    """A text is no signed note, or no known key signed it as it stands."""


class KeyRefused(LogRefusal):
    """A text is no key of a signed note."""


class CheckpointRefused(LogRefusal):
    """A text is no checkpoint of a log."""
