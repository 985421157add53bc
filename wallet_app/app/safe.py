"""The open safe: what a person does with it. The faces call this and nothing below it.

Every method may touch the disk and must run on the vault's own thread in the window
(``task_runner``); the command line calls it directly. Times are aware UTC. Methods raise
``UserError`` or ``EnvironmentFault``; anything else is a bug.
"""

# Contract, to be filled in by wallet_app/app/ (signatures are what ui/ and cli/ rely on):
#
# class Services: what every use case needs, built once at start:
#     Services.default(*, now: Callable[[], datetime] = utc_now, documents: Sequence[Path] = (),
#                      offline: bool = False) -> Services
#     .resolver_for_one_report() -> Resolver     .contexts -> PinnedContexts    .now()
#
# examine(source: str, services) -> Iterator[Examined]           # no vault needed
#
# def default_vault_path() -> Path
# def vault_exists(path: Path) -> bool
# def create_safe(path, passphrase: Secret, services) -> Safe
# def open_safe(path, passphrase: Secret, services) -> Safe       # UserError("vault.wrong_passphrase")
# def restore_safe(backup: Path, path: Path, passphrase: Secret, services, *, dry_run=False) -> BackupSummary
# def check_backup(backup: Path, passphrase: Secret) -> BackupSummary
#
# class Safe:
#     path: Path
#     is_demo: bool
#     def close(self) -> None
#     def import_sources(self, sources: Sequence[str], *, progress: Callable[[int, int], None] | None = None,
#                        cancelled: Callable[[], bool] | None = None) -> Iterator[ImportResult]
#     def import_bytes(self, data: bytes, name: str) -> tuple[ImportResult, ...]      # paste, drop of data
#     def import_demo(self) -> tuple[ImportResult, ...]
#     def badges(self, query: str = "") -> tuple[BadgeRow, ...]     # newest first; FTS5 when query
#     def count(self) -> int
#     def badge(self, badge_id: str) -> BadgeDetail                 # full id or unique prefix
#     def check_again(self, badge_id: str) -> BadgeDetail           # network, stores report + evidence
#     def delete(self, badge_id: str) -> None;  recover(badge_id) -> None;  trash() -> tuple[TrashedBadge, ...]
#     def delete_forever(badge_id) -> None
#     def history(self, limit: int = 500) -> tuple[HistoryEvent, ...]
#     def export(self, badge_id: str, kind: ExportKind, path: Path, *, language: str = "en") -> None
#     def share_link(self, badge_id) -> str       # issuer's public page, UserError("share.no_public_page")
#     def share_qr(self, badge_id, path: Path | None = None) -> QrCode   # writes PNG/SVG by suffix
#     def linkedin(self, badge_id) -> LinkedInFields
#     def change_passphrase(self, old: Secret, new: Secret) -> None
#     def backup(self, path: Path, passphrase: Secret) -> BackupSummary
