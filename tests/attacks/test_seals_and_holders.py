"""Rows 13, 83 and 90 again: certificates that vouch for somebody else, seals, and holders."""

from datetime import UTC, datetime
from typing import Any

import pytest

from attacks.attack import Attack, Document, judge
from attacks.test_holder_binding import STRANGER, token
from simulators.certificates import Holder, europass_credential, seal
from simulators.web import NOW, WebSimulator
from verification.test_certificate_tokens import ROOT, sd_jwt_vc
from wallet_app.verification.report import CheckId, Verdict

F, U, VERIFIED = Verdict.FAILED, Verdict.UNDETERMINED, Verdict.VERIFIED
SIGNATURE, ISSUER = CheckId.SIGNATURE, CheckId.ISSUER
ANCHORS = (ROOT.anchor(),)
AUTHORITY = ROOT.authority("Example Seal Authority")
COLLEGE = AUTHORITY.certify("Seal of Northgate", identifier="VATBE-0123456789")
ENDED = datetime(2026, 6, 1, tzinfo=UTC)


def issued_with(signer: Holder, **claims: Any) -> Any:
    return lambda _: sd_jwt_vc(signer, **claims)


def sealed_by(signer: Holder, **changes: Any) -> Any:
    return lambda _: seal(europass_credential(**changes), signer)


def sealed_then_altered(_: WebSimulator) -> Document:
    document = seal(europass_credential(), COLLEGE)
    payload: str = document["payload"]
    assert "Northgate College" in payload
    return {**document, "payload": payload.replace("Northgate College", "Famous University")}


def shown_by(**options: Any) -> Any:
    return lambda _: token(**options)[0]


NOBODY = Holder.root("Somebody's own root")
SELF_MADE = NOBODY.certify("School", dns=["issuer.example"])
COPIED = Holder.root("Example Root").certify("School", dns=["other.example"])
BINDINGS = [
    ("by a stranger's key", {"key": STRANGER}),
    ("made for another token", {"binding": {"sd_hash": "AAAA"}}),
    ("without a challenge", {"binding": {"nonce": 7}}),
    ("for several at once", {"binding": {"aud": ["a"]}}),
    ("with a key that is only named", {"cnf": {"kid": "key-1"}}),
    ("by another algorithm", {"header": {"alg": "RS256"}}),
    ("without algorithm", {"header": {"alg": "none"}}),
    ("dated tomorrow", {"binding": {"iat": int(NOW.timestamp()) + 86_400}}),
]
ATTACKS = [
    *(
        Attack(13, name, issued_with(signer), U, ISSUER, code, anchors=ANCHORS)
        for name, signer, code in (
            ("authority of one's own", SELF_MADE, "issuer.certificate_unanchored"),
            ("certificate of another host", COPIED, "issuer.certificate_of_another"),
            (
                "name as organisation",
                ROOT.certify("School", organisation="https://issuer.example/school"),
                "issuer.certificate_of_another",
            ),
            (
                "any host below a domain",
                ROOT.certify("School", dns=["*.example"]),
                "issuer.certificate_of_another",
            ),
        )
    ),
    Attack(
        13,
        "seal of another organisation",
        sealed_by(AUTHORITY.certify("Mallory", identifier="VATBE-0666")),
        U,
        ISSUER,
        "issuer.certificate_of_another",
        anchors=ANCHORS,
    ),
    Attack(
        13,
        "altered under its seal",
        sealed_then_altered,
        F,
        SIGNATURE,
        "proof.bad_signature",
        anchors=ANCHORS,
    ),
    Attack(
        83,
        "sealed by a certificate that has ended, and dated back",
        sealed_by(AUTHORITY.certify("Old", identifier="VATBE-0123456789", end=ENDED)),
        U,
        ISSUER,
        "certificate.expired",
        anchors=ANCHORS,
    ),
    *(
        Attack(90, name, shown_by(**options), VERIFIED, SIGNATURE, "sd_jwt.holder_not_proven")
        for name, options in BINDINGS
    ),
    Attack(
        90,
        "made for another day",
        shown_by(),
        VERIFIED,
        SIGNATURE,
        "sd_jwt.key_binding_replayable",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_certificate_or_holder_that_is_not_proven_never_counts(attack: Attack) -> None:
    judge(attack)
