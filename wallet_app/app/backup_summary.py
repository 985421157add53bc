"""What the faces show of a backup file whose content was checked."""

from wallet_app.app.models import BackupSummary
from wallet_app.storage.models import BackupInfo

__all__ = ["summary_of"]


def summary_of(info: BackupInfo) -> BackupSummary:
    """Return what a person wants to know of a backup."""
    return BackupSummary(
        path=info.path,
        made_at=info.made_at,
        badges=info.credentials - info.in_trash,
        documents=info.documents,
        size_bytes=info.size_bytes,
        program=info.program,
    )
