"""The chain of the audit: each entry carries the hash of the one before.

Why it is sealed by the worker, and what it cannot show: docs/adr/0009-audit-chain.md.
"""

from core.audit_chain.checking import Report, check
from core.audit_chain.digest import Proof, proof_of
from core.audit_chain.heads import Head, HeadFile, head_file, init_audit_chain
from core.audit_chain.sealing import seal

__all__ = [
    "Head",
    "HeadFile",
    "Proof",
    "Report",
    "check",
    "head_file",
    "init_audit_chain",
    "proof_of",
    "seal",
]
