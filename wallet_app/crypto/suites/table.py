"""Which cryptosuites exist, with which keys and hashes.

Sources: vc-di-eddsa 1.0 section 3, vc-di-ecdsa 1.0 section 3, Ed25519Signature2020,
Ed25519Signature2018 and JsonWebSignature2020 (W3C CCG reports).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from wallet_app.crypto.keys import KeyAlgorithm

__all__ = ["SUITES", "Form", "Suite"]


class Form(Enum):
    """How a document becomes the bytes that are signed."""

    RDFC = auto()
    JCS = auto()
    SELECTIVE = auto()
    RDFC_JWS = auto()
    """As RDFC, with the signature in a detached JWS."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One row of the table.

    Attributes:
        proof_type: the ``type`` its proofs have.
        hashes: accepted key -> hash, which for RDFC also labels the blank nodes.
        legacy: an old name that is accepted with a warning.
    """

    name: str
    proof_type: str
    form: Form
    hashes: Mapping[KeyAlgorithm, str]
    legacy: bool = False


_DATA_INTEGRITY: Final = "DataIntegrityProof"
_EDDSA: Final = {KeyAlgorithm.ED25519: "sha256"}
_ECDSA: Final = {KeyAlgorithm.P256: "sha256", KeyAlgorithm.P384: "sha384"}
_P256: Final = {KeyAlgorithm.P256: "sha256"}
# JsonWebSignature2020 hashes with SHA-256 whatever the key; the JWS algorithm adds its own.
_ANY: Final = dict.fromkeys(KeyAlgorithm, "sha256")

SUITES: Final[Mapping[str, Suite]] = {
    suite.name: suite
    for suite in (
        Suite("eddsa-rdfc-2022", _DATA_INTEGRITY, Form.RDFC, _EDDSA),
        Suite("eddsa-2022", _DATA_INTEGRITY, Form.RDFC, _EDDSA, legacy=True),
        Suite("eddsa-jcs-2022", _DATA_INTEGRITY, Form.JCS, _EDDSA),
        Suite("ecdsa-rdfc-2019", _DATA_INTEGRITY, Form.RDFC, _ECDSA),
        Suite("ecdsa-jcs-2019", _DATA_INTEGRITY, Form.JCS, _ECDSA),
        Suite("ecdsa-sd-2023", _DATA_INTEGRITY, Form.SELECTIVE, _P256),
        Suite("Ed25519Signature2020", "Ed25519Signature2020", Form.RDFC, _EDDSA),
        Suite("Ed25519Signature2018", "Ed25519Signature2018", Form.RDFC_JWS, _EDDSA),
        Suite("JsonWebSignature2020", "JsonWebSignature2020", Form.RDFC_JWS, _ANY),
    )
}
"""By the name that a proof gives: its ``cryptosuite``, or its ``type`` when it has none."""
