"""Files of other wallets, made of invented badges and worthless keys.

``lcw_takes`` restates the rules by which the Learner Credential Wallet's importer reads a
file (openwallet-foundation-labs/learner-credential-wallet, ``app/lib/parseWallet.ts`` and
``app/model/profile.ts``, read on 2026-11-29), so that a test can ask it.
"""

import base64
import hashlib
import io
import json
import tarfile
import zipfile
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from wallet_app.crypto.holder_keys import HolderIdentity, identity_of_seed, key_document
from wallet_app.crypto.secret import Secret

Json = dict[str, Any]

VC1 = "https://www.w3.org/2018/credentials/v1"
VC2 = "https://www.w3.org/ns/credentials/v2"
LEARNCARD_PASSWORD = "horse battery"


def identity(name: str = "camille") -> HolderIdentity:
    """Return the identity of this name, the same in every run."""
    return identity_of_seed(Secret(hashlib.sha256(f"coffre test {name}".encode()).digest()))


def lcw_keys(one: HolderIdentity) -> list[Json]:
    return [key_document(key, one.did) for key in one.keys]


def lcw_profile(
    *contents: Any, name: str = "Default", holder: HolderIdentity | None = None
) -> Json:
    """Return a profile as the Learner Credential Wallet writes it."""
    held = holder or identity()
    metadata = {"type": "ProfileMetadata", "data": {"profileName": name}}
    return {
        "@context": [VC1, "https://w3id.org/wallet/v1"],
        "id": "urn:uuid:4f3b0f3e-6f0e-4a51-9d0a-0d5f2f0f8a10",
        "type": "UniversalWallet2020",
        "status": "UNLOCKED",
        "contents": [
            *contents,
            held.document,
            *lcw_keys(held),
            {"@context": ["https://w3id.org/wallet/v1"], "id": "urn:uuid:1", **metadata},
        ],
    }


def lcw_file(*profiles: Json) -> bytes:
    return json.dumps(list(profiles), indent=2, ensure_ascii=False).encode()


def lcw_tar(*profiles: tuple[str, HolderIdentity, list[Json]], **more: bytes) -> bytes:
    """Return the tar file of the wallet's successor: (name, identity, credentials) each."""
    files: dict[str, bytes] = {"manifest.yml": b"ubc-version: '0.1'\n"}
    for number, (name, held, credentials) in enumerate(profiles):
        cids = [hashlib.sha256(json.dumps(one).encode()).hexdigest() for one in credentials]
        document = {
            "profileName": name,
            "didDocument": held.document,
            "verificationKey": lcw_keys(held)[0],
            "credentialCids": cids,
        }
        files[f"profiles/{number}.json"] = json.dumps(document, indent=2).encode()
        for cid, credential in zip(cids, credentials, strict=True):
            files[f"credentials/{cid}.json"] = json.dumps(credential, indent=2).encode()
    files |= {name.replace("__", "/") + ".json": data for name, data in more.items()}
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, data in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@dataclass
class OtherWallet:
    """The Learner Credential Wallet after an import: profiles by name, and what it told."""

    profiles: dict[str, Json] = field(default_factory=lambda: {"Default": {"credentials": []}})
    reports: list[Json] = field(default_factory=list)


def lcw_takes(data: bytes, wallet: OtherWallet | None = None) -> OtherWallet:
    """Return the other wallet after it imported a file; raises where its importer would."""
    taken = wallet or OtherWallet()
    for document in json.loads(data):
        contents = document["contents"]
        credentials = [item for item in contents if _includes(item, VC1) or _includes(item, VC2)]
        found = {
            "didDocument": next(
                i for i in contents if _includes(i, "https://www.w3.org/ns/did/v1")
            ),
            "verificationKey": next(i for i in contents if _is(i, "Ed25519VerificationKey2020")),
            "keyAgreementKey": next(i for i in contents if _is(i, "X25519KeyAgreementKey2020")),
        }
        metadata = next((i for i in contents if _is(i, "ProfileMetadata")), {"data": {}})
        name = metadata["data"].get("profileName", "Untitled Profile")
        known = next((one for one in taken.profiles if one.lower() == name.lower()), None)
        if known is None:
            taken.profiles[name] = {**found, "credentials": credentials}
            taken.reports.append({"profileDuplicate": False, "duplicate": 0})
            continue
        profile = taken.profiles[known]
        ids = [one.get("id") for one in profile["credentials"]]
        new = [one for one in credentials if one.get("id") not in ids]
        profile["credentials"] += new
        taken.reports.append({"profileDuplicate": True, "duplicate": len(credentials) - len(new)})
    return taken


def _includes(item: Any, context: str) -> bool:
    found = item.get("@context") if isinstance(item, dict) else None
    return context in found if isinstance(found, list | str) else False


def _is(item: Any, kind: str) -> bool:
    return isinstance(item, dict) and item.get("type") == kind


# --- LearnCard ---------------------------------------------------------------------------


def envelope(plain: bytes, password: str = LEARNCARD_PASSWORD, **changes: Any) -> bytes:
    """Lock bytes as ``@learncard/sss-key-manager`` does, at the least cost that is read."""
    salt, iv = b"salt of sixteen!", b"twelve bytes"
    cost = {"algorithm": "argon2id", "timeCost": 1, "memoryCost": 19 * 1024, "parallelism": 1}
    cost |= changes.pop("kdfParams", {})
    kdf = Argon2id(
        salt=salt, length=32, iterations=cost["timeCost"], lanes=cost["parallelism"],
        memory_cost=cost["memoryCost"],
    )  # fmt: skip
    sealed = AESGCM(kdf.derive(password.encode())).encrypt(iv, plain, None)
    document = {"ciphertext": sealed, "iv": iv, "salt": salt}
    text = {name: base64.b64encode(data).decode() for name, data in document.items()}
    return json.dumps({**text, "kdfParams": cost, **changes}, indent=2).encode()


def stable(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def learncard_files(
    *payloads: tuple[str, Any], encrypt: bool = True, did: str = ""
) -> dict[str, bytes]:
    """Return the files of a bundle: ``payloads`` are (type, JSON value) each."""
    files: dict[str, bytes] = {"README.md": b"# LearnCard\n", "BUNDLE_SPEC.md": b"# Bundle\n"}
    contents: list[Json] = []
    for number, (kind, value) in enumerate(payloads):
        plain = stable(value) + b"\n"
        locked = encrypt and kind != "did-document"
        folder = "keys" if kind.startswith("key") or kind == "did-document" else f"{kind}s"
        path = f"{folder}/{number:064x}.json{'.enc' if locked else ''}"
        files[path] = envelope(plain) if locked else plain
        digest = hashlib.sha256(files[path]).hexdigest()
        contents.append(
            {"id": f"urn:{number}", "type": kind, "path": path, "sha256": digest,
             "mediaType": "application/json", "encrypted": locked}
        )  # fmt: skip
    contents.sort(key=lambda entry: entry["path"])
    locked_way = {
        "mode": "argon2id-aes-256-gcm", "encryptedPayloads": True, "kdf": "argon2id",
        "envelope": "sss-key-manager-encryptWithPassword-v1", "cipher": "AES-256-GCM",
    }  # fmt: skip
    manifest = {
        "specVersion": "1.0.0",
        "createdAt": "2026-11-01T00:00:00.000Z",
        "primaryDid": did,
        "walletName": "LearnCard",
        "encryption": locked_way if encrypt else {"mode": "none", "encryptedPayloads": False},
        "contents": contents,
        "warnings": [],
        "payloadSha256": hashlib.sha256(stable(contents)).hexdigest(),
    }
    files["manifest.json"] = json.dumps(manifest, indent=2).encode()
    return files


def learncard_jwks(one: HolderIdentity) -> Json:
    """Return the key file of a bundle: an Ed25519 pair, and one that Coffre does not hold."""
    from wallet_app.crypto.multibase import base58_decode, base64url_encode  # noqa: PLC0415

    public = base58_decode(one.keys[0].public[1:])[2:]
    private = bytes(one.keys[0].private.buffer())
    pair = {"kty": "OKP", "crv": "Ed25519"}
    return {
        "ed25519": {**pair, "x": base64url_encode(public), "d": base64url_encode(private)},
        "secp256k1": {"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA", "d": "AA"},
    }


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
