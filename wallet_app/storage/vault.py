"""The vault on disk: a folder with ``header.json`` and ``vault.db``."""

# Contract (code follows within the hour; app/ relies on these signatures):
#
# class Vault:                              # one thread owns an open vault
#     @classmethod
#     def create(cls, path: Path, passphrase: Secret, *, now: datetime,
#                kdf: KdfCost = DEFAULT_COST, randomness: Randomness = system_randomness) -> Vault
#     @classmethod
#     def open(cls, path: Path, passphrase: Secret, *, read_only: bool = False) -> Vault
#     @staticmethod
#     def exists(path: Path) -> bool
#     path: Path;  vault_id: str;  read_only: bool     # True also when the disk forbids writing
#     credentials: CredentialStore;  evidence: EvidenceStore;  history: History;  meta: Meta
#     def change_passphrase(self, old: Secret, new: Secret, *, event: Event) -> None
#     def integrity_problems(self) -> tuple[str, ...]    # full check; () is good
#     def interrupt(self) -> None           # the one method any thread may call
#     def close(self) -> None               # wipes the key; also a context manager
#
# class CredentialStore:                    # repository.py; each change is one transaction
#     def add(self, new: NewCredential, event: Event) -> StoredRow     # event.at = time added
#     def place_of(self, credential_id: str) -> Place
#     def rows(self, query: str = "", *, limit: int | None = None) -> tuple[StoredRow, ...]  # newest first
#     def count(self) -> int
#     def find(self, prefix: str) -> str    # full id of a unique prefix >= 6 digits, safe and trash
#                                           # UserError vault.no_such_credential / vault.ambiguous_id
#     def get(self, credential_id: str) -> StoredCredential
#     def same_document(self, credential_id_in_document: str, issuer_id: str) -> tuple[StoredRow, ...]
#     def same_canonical(self, canonical_sha256: str) -> tuple[StoredRow, ...]
#     def add_report(self, credential_id: str, report: NewReport, event: Event) -> StoredRow
#     def reports(self, credential_id: str) -> tuple[StoredReport, ...]          # newest first
#     def replace_index(self, credential_id: str, index: CredentialIndex) -> None
#     def move_to_trash(self, credential_id: str, event: Event) -> None
#     def recover(self, credential_id: str, event: Event) -> None
#     def trash(self) -> tuple[StoredRow, ...]
#     def delete_forever(self, credential_id: str, event: Event, *, reason: str = "") -> None  # from trash
#     def tombstones(self) -> tuple[Tombstone, ...]
# class EvidenceStore: def documents_of(self, credential_id: str) -> tuple[Document, ...]  # latest per URL
# class History:  def append(self, event: Event) -> None;  def events(self, limit: int = 500, *, kind: str = "") -> tuple[Event, ...]
# class Meta:     def get(self, key: str) -> str;  def set(self, key: str, value: str) -> None   # "demo" etc.
#
# backup.py:  write_backup(vault: Vault, path: Path, passphrase: Secret, *, now: datetime) -> BackupInfo
#             check_backup(path: Path, passphrase: Secret) -> BackupInfo
# restore.py: restore(path: Path, passphrase: Secret, vault_path: Path, *, now: datetime,
#                     vault_passphrase: Secret | None = None, dry_run: bool = False,
#                     kdf: KdfCost = DEFAULT_COST, randomness=...) -> BackupInfo   # then Vault.open
# files.py:   write_atomic(path: Path, data: bytes, *, mode: int = 0o600) -> None
