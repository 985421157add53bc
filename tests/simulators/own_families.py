"""One badge of our own issuers in each proof family that a link can carry."""

from collections.abc import Callable, Mapping
from typing import Any

from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.sd_jwts import sd_token
from simulators.web import WebSimulator
from wallet_app.crypto.keys import KeyAlgorithm

__all__ = ["FAMILIES", "Made"]

Made = dict[str, Any] | str
"""A signed document, or a token."""

_WEB = WebSimulator()
_EDDSA = Issuer.at_did_key(_WEB)
_P256 = Issuer.at_did_key(_WEB, key=SigningKey.elliptic("p256"))
_P384 = Issuer.at_did_key(_WEB, key=SigningKey.elliptic("p384", KeyAlgorithm.P384))
_BY_JWK = Issuer.at_did_jwk(_WEB)

FAMILIES: Mapping[str, tuple[str, Callable[[], Made]]] = {
    "eddsa-rdfc-2022": ("n", lambda: _EDDSA.sign(_EDDSA.badge())),
    "eddsa-2022": ("n", lambda: _EDDSA.sign(_EDDSA.badge(), "eddsa-2022")),
    "Ed25519Signature2020": ("n", lambda: _EDDSA.sign(_EDDSA.badge_v1(), "Ed25519Signature2020")),
    "ecdsa-rdfc-2019 P-256": ("n", lambda: _P256.sign(_P256.badge(), "ecdsa-rdfc-2019")),
    "ecdsa-rdfc-2019 P-384": ("n", lambda: _P384.sign(_P384.badge(), "ecdsa-rdfc-2019")),
    "eddsa-jcs-2022": ("c", lambda: _EDDSA.sign(_EDDSA.badge(), "eddsa-jcs-2022")),
    "ecdsa-jcs-2019 P-256": ("c", lambda: _P256.sign(_P256.badge(), "ecdsa-jcs-2019")),
    "ecdsa-jcs-2019 P-384": ("c", lambda: _P384.sign(_P384.badge(), "ecdsa-jcs-2019")),
    "JWT EdDSA": ("j", lambda: _EDDSA.token(_EDDSA.badge())),
    "JWT ES256": ("j", lambda: _P256.token(_P256.badge())),
    "JWT of VCDM 1.1": ("j", lambda: _EDDSA.token(_EDDSA.badge_v1(), vc_claim=True)),
    "did:jwk": ("n", lambda: _BY_JWK.sign(_BY_JWK.badge())),
    "SD-JWT": ("s", lambda: sd_token(_EDDSA, _EDDSA.badge(), concealed=["name"], shown=["name"])),
}
"""By name: the kind of its link, and what makes it."""
