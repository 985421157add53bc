"""The honest forms of the attacks: each must verify, or stopping the attack would mean nothing."""

from typing import Any

from attacks.attack import Document, Twin
from attacks.status_documents import listed
from attacks.test_concealment import badge_with, disclosed
from attacks.test_files import OB2, OB3, archive, baked, element, genuine, text_of
from attacks.test_people_and_words import MINE, REGISTRY, made_out_to, record, sha256
from attacks.test_proofs_moved import (
    KEY,
    SCHOOL,
    after_the_key_was_withdrawn,
    by_metadata,
    contexts_of_a_jcs_proof,
)
from attacks.test_respelling import rich_badge, signed_badge
from attacks.test_seals_and_holders import ANCHORS, COLLEGE, issued_with, sealed_by
from credentials.pictures import NAMESPACE_2, NAMESPACE_3, chunk, itxt, png, svg
from simulators.issuer import OB3_CONTEXT, VC2, Issuer
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.sd_jwts import sd_token
from simulators.status_lists import encode_list, status_entry
from simulators.web import WebSimulator
from verification.test_certificate_tokens import ROOT
from wallet_app.crypto.keys import KeyAlgorithm
from wallet_app.verification.report import CheckId

__all__ = ["TWINS", "WITHOUT_TWIN"]

FORMAT, SIGNATURE, ISSUER = CheckId.FORMAT, CheckId.SIGNATURE, CheckId.ISSUER
STATUS, VALIDITY = CheckId.STATUS, CheckId.VALIDITY
JCS, URL = "eddsa-jcs-2022", "https://issuer.example/status/1"
SCHOOL_OF_ROOT = ROOT.certify("School", dns=["issuer.example"])
BADGE_ID = "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001"


def signed(suite: str = "eddsa-rdfc-2022", *, at: Any = Issuer.at_did_web, **changes: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = at(web)
        badge = issuer.badge_v1 if suite == "Ed25519Signature2020" else issuer.badge
        return issuer.sign(badge(**changes), suite)

    return make


def token(**options: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        return issuer.token(issuer.badge(), **options)

    return make


def token_with_vc(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    return issuer.token(issuer.badge_v1(), vc_claim=True)


def by_algorithm(algorithm: KeyAlgorithm) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web, key=SigningKey.elliptic("twin", algorithm))
        return issuer.token(issuer.badge())

    return make


def key_listed_by_its_issuer(web: WebSimulator) -> Document:
    attacker = SigningKey.ed25519("attacker")
    return Issuer.at_https(web, key=attacker).sign(Issuer.at_https(web, key=attacker).badge())


def foreign_key_listed(web: WebSimulator) -> Document:
    victim, friend = Issuer.at_did_web(web), Issuer.at_did_key(web, "friend")
    victim.publish(victim.controller_document(assertionMethod=[victim.method, friend.method]))
    return Issuer(web, victim.id, friend.key, friend.method).sign(victim.badge())


def header_key_published(web: WebSimulator) -> Document:
    issuer = Issuer.at_https(web, key=SigningKey.rsa(1))
    return issuer.token(issuer.badge(), header={"kid": None, "jwk": issuer.key.jwk()})


def two_proofs(web: WebSimulator) -> Document:
    issuer, stranger = Issuer.at_did_web(web), Issuer.at_did_key(web, "stranger")
    badge = issuer.badge()
    return {**badge, "proof": [stranger.proof(badge), issuer.proof(badge)]}


def chain(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    badge = issuer.badge()
    first = issuer.proof(badge, id="urn:uuid:00000000-0000-4000-8000-000000000001")
    second = issuer.proof({**badge, "proof": [first]}, previousProof=first["id"])
    return {**badge, "proof": [first, second]}


def shown_genuine(web: WebSimulator) -> Document:
    holder = Issuer.at_did_key(web, "holder")
    document = {
        "@context": [VC2],
        "type": ["VerifiablePresentation"],
        "holder": holder.id,
        "verifiableCredential": [genuine(web)],
    }
    return holder.sign(document, JCS, proofPurpose="authentication", challenge="c")


def hosted(**changes: Any) -> Any:
    return lambda web: OpenBadges2(web).hosted(**changes)


def open_badges_2_signed(web: WebSimulator) -> Document:
    return OpenBadges2(web).signed()


def pictured(web: WebSimulator) -> Document:
    return png(itxt(OB3, text_of(genuine(web))))


def pictured_twice(web: WebSimulator) -> Document:
    return png(itxt(OB3, text_of(genuine(web))), itxt(OB2, OpenBadges2(web).signed()))


def drawn(web: WebSimulator) -> Document:
    return svg(element(text_of(genuine(web)), "", NAMESPACE_3, "credential"))


def drawn_with_address(web: WebSimulator) -> Document:
    badge = OpenBadges2(web).hosted()
    return svg(element(text_of(badge), badge["id"], NAMESPACE_2, "assertion"))


def packed(web: WebSimulator) -> Document:
    return png(chunk(b"tEXt", b"Author\0Ada"), itxt(OB3, text_of(genuine(web)), packed=True))


def endorsed_by_a_friend(web: WebSimulator) -> Document:
    issuer, friend = Issuer.at_did_key(web), Issuer.at_did_web(web, "friend.example")
    praise = friend.sign(friend.endorsement(BADGE_ID), JCS)
    return issuer.sign(issuer.badge(endorsement=[praise]), JCS)


def honest_record(web: WebSimulator) -> Document:
    school = Issuer.at_did_key(web, "school")
    return record(web, school.sign(school.badge(), JCS))


def famous(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web, "famous.example")
    issuer.name = "Famous University"
    return issuer.sign(issuer.badge(), JCS)


def disclosed_in_full(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge(validUntil="2099-01-01T00:00:00Z")
    return sd_token(issuer, badge, concealed=["name", "validUntil"], shown=["name", "validUntil"])


def shown_status() -> Any:
    text, digest = disclosed(status_entry(URL, 8))
    return badge_with([{"...": digest}], text)


def context_after(document: dict[str, Any]) -> None:
    document["@context"] = [*document["@context"], {"name": "urn:x"}]


VERIFIED_PROOF = "proof.verified"
TWINS = [
    Twin((1, 5), "the issuer lists the key", key_listed_by_its_issuer, ISSUER, "issuer.key_listed"),
    Twin((2, 4), "the issuer lists a foreign key", foreign_key_listed, ISSUER, "issuer.key_listed"),
    Twin((3,), "the issuer publishes that key", header_key_published, ISSUER, "issuer.key_listed"),
    Twin(
        (6,),
        "did:key and its own key",
        signed(at=Issuer.at_did_key),
        ISSUER,
        "issuer.key_is_identifier",
    ),
    Twin((7, 8, 9, 10, 11), "the issuer's own key", signed(), ISSUER, "issuer.key_listed"),
    Twin((12,), "a listed key", open_badges_2_signed, SIGNATURE, VERIFIED_PROOF),
    *(
        Twin((13,), name, make, ISSUER, "issuer.certificate_names_it", anchors=ANCHORS)
        for name, make in (
            ("a chain to an authority that was chosen", issued_with(SCHOOL_OF_ROOT)),
            ("a seal of the issuer", sealed_by(COLLEGE)),
        )
    ),
    Twin((14,), "metadata of the issuer", by_metadata(SCHOOL, KEY), SIGNATURE, VERIFIED_PROOF),
    Twin((15, 16, 18, 19, 22, 24), "an honest token", token(), SIGNATURE, VERIFIED_PROOF),
    *(
        Twin((17,), f"a token by {one.value}", by_algorithm(one), SIGNATURE, VERIFIED_PROOF)
        for one in (KeyAlgorithm.P256, KeyAlgorithm.P384)
    ),
    Twin((20, 21), "a token with a vc claim", token_with_vc, SIGNATURE, VERIFIED_PROOF),
    Twin(
        (23, 25, 26),
        "a token of the W3C profile",
        token(header={"typ": "vc+jwt"}),
        SIGNATURE,
        VERIFIED_PROOF,
    ),
    Twin((27, 28, 32), "new names of its own", signed_badge, SIGNATURE, VERIFIED_PROOF),
    Twin((29, 30, 31, 35), "many members", rich_badge, SIGNATURE, VERIFIED_PROOF),
    Twin(
        (33,),
        "known contexts",
        signed(**{"@context": [VC2, OB3_CONTEXT]}),
        SIGNATURE,
        VERIFIED_PROOF,
    ),
    Twin(
        (34,),
        "a context after a JCS proof does not count",
        contexts_of_a_jcs_proof(context_after),
        SIGNATURE,
        VERIFIED_PROOF,
    ),
    Twin(
        (36, 46, 47),
        "clear in its list",
        listed(status_entry(URL, 8), encode_list([7])),
        STATUS,
        "status.in_force",
    ),
    Twin((37, 77), "a whole number", signed(JCS, x=7), SIGNATURE, VERIFIED_PROOF),
    Twin(
        (38, 39, 40),
        "one proof of the older kind",
        signed("Ed25519Signature2020"),
        SIGNATURE,
        VERIFIED_PROOF,
    ),
    Twin((41,), "two good proofs", two_proofs, SIGNATURE, VERIFIED_PROOF),
    Twin((42, 43), "a whole chain", chain, SIGNATURE, VERIFIED_PROOF),
    Twin((44,), "a genuine badge within", shown_genuine, SIGNATURE, VERIFIED_PROOF, path=(0, 0)),
    *(
        Twin(
            numbers,
            name,
            listed(status_entry(URL, index, **entry), encode_list([7]), **options),
            STATUS,
            "status.in_force",
        )
        for numbers, name, index, entry, options in (
            ((48, 53), "not suspended", 8, {"purpose": "suspension"}, {"purpose": "suspension"}),
            ((49, 50, 51, 55, 56), "index as text", "8", {}, {}),
            ((52, 54), "the last entry of a list", 131_071, {}, {}),
        )
    ),
    Twin((57, 58, 60, 61, 62, 67), "a hosted badge", hosted(), ISSUER, "issuer.hosted_in_scope"),
    Twin(
        (59, 65),
        "in another folder",
        hosted(id="https://badges.example/issued/2026/one.json"),
        ISSUER,
        "issuer.hosted_in_scope",
    ),
    Twin(
        (66,),
        "did:web with a path",
        signed(at=lambda web: Issuer.at_did_web(web, "issuer.example:schools:one")),
        ISSUER,
        "issuer.key_listed",
    ),
    Twin((68, 70, 72, 76), "one badge in a picture", pictured, SIGNATURE, VERIFIED_PROOF),
    *(
        Twin((69,), f"two genuine badges, {name}", pictured_twice, SIGNATURE, VERIFIED_PROOF, (at,))
        for at, name in enumerate(("first", "second"))
    ),
    Twin((71,), "address and copy agree", drawn_with_address, ISSUER, "issuer.hosted_in_scope"),
    Twin((73,), "a packed badge", packed, SIGNATURE, VERIFIED_PROOF),
    Twin((74,), "a badge in a drawing", drawn, SIGNATURE, VERIFIED_PROOF),
    Twin((75,), "an archive of one badge", baked(archive), SIGNATURE, VERIFIED_PROOF),
    Twin(
        (78, 79),
        "accents and other scripts",
        signed(name="École ‘Ω’ 学"),
        SIGNATURE,
        VERIFIED_PROOF,
    ),
    Twin((80,), "text with angle brackets", signed(name="C < D & E"), SIGNATURE, VERIFIED_PROOF),
    Twin(
        (81, 82),
        "a plain end",
        signed(validUntil="2099-01-01T00:00:00Z"),
        VALIDITY,
        "date.in_force",
    ),
    Twin(
        (83,),
        "a key in use",
        after_the_key_was_withdrawn("2026-01-15T09:00:01Z", expires="2099-01-01T00:00:00Z"),
        ISSUER,
        "issuer.key_listed",
    ),
    Twin(
        (84, 85),
        "made out to the owner",
        made_out_to(sha256("a@example.comKosher")),
        CheckId.RECIPIENT,
        "recipient.yours",
        identities=[MINE],
    ),
    Twin(
        (86, 87),
        "genuine praise",
        endorsed_by_a_friend,
        CheckId.ENDORSEMENTS,
        "endorsements.verified",
    ),
    Twin((87,), "a genuine badge in a record", honest_record, SIGNATURE, VERIFIED_PROOF, (0, 0)),
    Twin((88, 90), "all disclosures shown", disclosed_in_full, SIGNATURE, VERIFIED_PROOF),
    Twin((89,), "the status entry shown", shown_status(), STATUS, "status.in_force"),
    Twin(
        (92, 94),
        "a proven issuer in the list",
        famous,
        CheckId.TRUST,
        "trust.listed",
        registries=[REGISTRY],
    ),
]
WITHOUT_TWIN = {
    45: "a derived copy never verifies without a note; it is tried in tests/crypto",
    63: "the twin is an address, see test_addresses",
    64: "tried with a server in tests/network",
    91: "a newer copy is fetched into a safe; tried in tests/app",
    93: "tried with a safe in tests/app",
}
