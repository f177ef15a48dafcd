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


class BundleRefused(LogRefusal):
    """Bytes are no bundle of entries."""


class PublishedMore(LogRefusal):
    """More was published already than is to be published now: a log never shrinks."""


class PublishedMeanwhile(LogRefusal):
    """Another number of entries is published than the writer began from."""


class AnotherRoot(LogRefusal):
    """What is published, promised or written at this size has another root."""


class AnotherLog(LogRefusal):
    """The folder holds the log of another origin."""


class TileMissing(LogRefusal):
    """A file that the tree of this size must have is not there."""


class PromiseBroken(LogRefusal):
    """The entries do not begin with those promised before: a witness may have cosigned them."""


class EntryTooLarge(LogRefusal):
    """An entry is longer than a bundle can say."""


class PolicyRefused(LogRefusal):
    """A text says not whom to believe."""


class EntryRefused(LogRefusal):
    """An entry of the log is not what entries are."""


class QuorumMissing(LogRefusal):
    """Fewer witnesses cosigned than the policy asks for: nothing is wrong, nothing is proved."""


class SourceFailed(LogRefusal):
    """A file of a log cannot be had from where it is read: nothing is decided by that."""


class LogContradicts(LogRefusal):
    """The files of a log do not fit together; the text names the first that does not."""


class KeysUnlike(LogContradicts):
    """The list of keys beside a log is not what the log told; the text names the key."""


class MakerRefused(LogRefusal):
    """A batch is not its maker's, as far as the log has told makers' keys; told by its name."""

    def __str__(self) -> str:
        return f"{type(self).__name__}: {super().__str__()}"


class MakerKeyRefused(MakerRefused):
    """A `key` entry contradicts itself or an earlier one."""


class MakerKeyUnknown(MakerRefused):
    """A batch names a key that no entry before it told of."""


class MakerKeyForeign(MakerRefused):
    """A batch names the key of another maker."""


class MakerKeyEnded(MakerRefused):
    """A batch stands after the end of the key it names."""


class MakerKeyRevoked(MakerRefused):
    """A batch stands after the revocation of the key it names: somebody else may have had it."""


class MakerSignatureWrong(MakerRefused):
    """A batch is not signed by the key it names."""


class LogShrank(LogRefusal):
    """A log shows less than it did before."""


class LogForked(LogRefusal):
    """What a log showed before is not the beginning of what it shows now."""
