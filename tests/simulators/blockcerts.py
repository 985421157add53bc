"""A Blockcerts issuer of ours: receipts in both spellings, and the explorer that knows them."""

import hashlib
from typing import Any

import cbor2

from simulators.issuer import VC2
from simulators.web import NOW, WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.multibase import base58_encode
from wallet_app.crypto.suites.statements import document_statements
from wallet_app.verification.chain_lookup import Explorer, ExplorerKind

__all__ = ["ADDRESS", "ETHEREUM", "EXPLORERS", "PROFILE_URL", "Blockcerts"]

ADDRESS = "1ExampleAddressOfAnIssuerXXXXXXXXX"
ETHEREUM = "0x" + "Ab" * 20
PROFILE_URL = "https://issuer.example/blockcerts.json"
EXPLORERS = (
    Explorer("bitcoin", ExplorerKind.ESPLORA, "https://explorer.example/tx/{transaction}"),
    Explorer("ethereum", ExplorerKind.BLOCKSCOUT, "https://scout.example/tx/0x{transaction}"),
)
_TRANSACTION = "d7" * 32
_NEIGHBOURS = ("11" * 32, "22" * 32)

Json = dict[str, Any]


class Blockcerts:
    """Makes sealed badges and publishes profile and transaction on ``web``."""

    def __init__(self, web: WebSimulator) -> None:
        self.web = web
        self.publish_profile()

    def publish_profile(self, **changes: Any) -> None:
        """Serve the issuer's profile with members replaced."""
        keys = [{"id": f"ecdsa-koblitz-pubkey:{one}"} for one in (ADDRESS, ETHEREUM)]
        profile = {"id": PROFILE_URL, "type": "Profile", "name": "Issuer", "publicKey": keys}
        self.web.serve(PROFILE_URL, {**profile, **changes})

    def assertion(self, **changes: Any) -> Json:
        """Return an unsealed Blockcerts 2 assertion."""
        issuer = {"id": PROFILE_URL, "type": "Profile", "name": "Issuer"}
        return {
            "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"],
            "type": "Assertion",
            "id": "urn:uuid:0b6c5dbe-2d8e-4a0f-9d8d-7f8b3b1f1b11",
            "issuedOn": "2026-01-02T03:04:05Z",
            "recipient": {"type": "email", "identity": "ada@example.org", "hashed": False},
            "badge": {
                "type": "BadgeClass",
                "id": "urn:uuid:0b6c5dbe-2d8e-4a0f-9d8d-7f8b3b1f1b12",
                "name": "Welding",
                "description": "Welds.",
                "issuer": issuer,
            },
            "verification": {
                "type": ["MerkleProofVerification2017", "Extension"],
                "publicKey": f"ecdsa-koblitz-pubkey:{ADDRESS}",
            },
            **changes,
        }

    def credential(self, **changes: Any) -> Json:
        """Return an unsealed Blockcerts 3 credential."""
        return {
            "@context": [VC2, "https://w3id.org/blockcerts/v3.2"],
            "id": "urn:uuid:0b6c5dbe-2d8e-4a0f-9d8d-7f8b3b1f1b13",
            "type": ["VerifiableCredential", "BlockcertsCredential"],
            "issuer": PROFILE_URL,
            "validFrom": "2026-01-02T03:04:05Z",
            "credentialSubject": {"id": "did:example:ada"},
            **changes,
        }

    def seal_2(self, document: Json, **changes: Any) -> Json:
        """Seal an assertion on the Bitcoin chain; ``changes`` replace receipt members."""
        target = digest_of(document)
        root = fold(target)
        self.publish_bitcoin(root)
        signature = {
            "type": ["MerkleProof2017", "Extension"],
            "targetHash": target,
            "merkleRoot": root,
            "proof": [{"right": _NEIGHBOURS[0]}, {"left": _NEIGHBOURS[1]}],
            "anchors": [{"type": "BTCOpReturn", "sourceId": _TRANSACTION}],
            **changes,
        }
        return {**document, "signature": signature}

    def seal_3(self, document: Json, *, chain: tuple[int, int] = (1, 1), **changes: Any) -> Json:
        """Seal a credential on the chain with these numbers (Ethereum)."""
        root = fold(digest_of(document))
        self.publish_ethereum(root)
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": "merkle-proof-2019",
            "proofPurpose": "assertionMethod",
            "created": "2026-01-02T03:04:05Z",
            "verificationMethod": f"{PROFILE_URL}#key-1",
            "proofValue": proof_value(digest_of(document), root, chain),
            **changes,
        }
        return {**document, "proof": proof}

    def publish_bitcoin(self, root: str, **changes: Any) -> None:
        """Let the Bitcoin explorer show the transaction."""
        body = {
            "txid": _TRANSACTION,
            "vin": [{"prevout": {"scriptpubkey_address": ADDRESS}}],
            "vout": [
                {"scriptpubkey": "76a914" + "00" * 20 + "88ac", "scriptpubkey_address": ADDRESS},
                {"scriptpubkey": f"6a20{root}"},
            ],
            "status": {"confirmed": True, "block_time": int(NOW.timestamp()) - 86_400},
        }
        self.web.serve(f"https://explorer.example/tx/{_TRANSACTION}", {**body, **changes})

    def publish_ethereum(self, root: str, **changes: Any) -> None:
        """Let the Ethereum explorer show the transaction."""
        body = {
            "hash": f"0x{_TRANSACTION}",
            "from": {"hash": ETHEREUM.lower()},
            "raw_input": f"0x{root}",
            "timestamp": "2026-01-02T04:00:00.000000Z",
            "status": "ok",
            "confirmations": 40,
        }
        self.web.serve(f"https://scout.example/tx/0x{_TRANSACTION}", {**body, **changes})


def digest_of(document: Json) -> str:
    """Return SHA-256 of the canonical statements, in hex."""
    choice = next(load_contexts().choices(document))
    statements, _ = document_statements(document, choice, "sha256")
    return hashlib.sha256(statements.text.encode()).hexdigest()


def fold(target: str) -> str:
    """Return the root above ``target`` and our two neighbours."""
    first = hashlib.sha256(bytes.fromhex(target + _NEIGHBOURS[0])).digest()
    return hashlib.sha256(bytes.fromhex(_NEIGHBOURS[1]) + first).hexdigest()


def proof_value(target: str, root: str, chain: tuple[int, int]) -> str:
    """Return a MerkleProof2019 value: pairs in CBOR, texts as CBOR in CBOR."""
    right, left = (cbor2.dumps(one) for one in _NEIGHBOURS)
    anchor = [[0, chain[0]], [1, chain[1]], [2, cbor2.dumps(_TRANSACTION)]]
    members = [[0, root], [1, target], [2, [anchor]]]
    return "z" + base58_encode(cbor2.dumps([*members, [3, [[1, right], [0, left]]]]))
