"""What Windows and macOS are told about the program: version, files and addresses that open it."""

from typing import Any, Final

__all__ = ["INFO_PLIST", "version_resource"]

_US_ENGLISH_UNICODE: Final = (0x0409, 0x04B0)

INFO_PLIST: Final[dict[str, Any]] = {
    "CFBundleDisplayName": "Coffre",
    "CFBundleDevelopmentRegion": "en",
    "CFBundleLocalizations": ["en", "fr"],
    "LSApplicationCategoryType": "public.app-category.productivity",
    "LSMinimumSystemVersion": "13.0",
    "NSHighResolutionCapable": True,
    "NSSupportsAutomaticGraphicsSwitching": True,
    "CFBundleURLTypes": [
        {
            "CFBundleURLName": "Coffre",
            "CFBundleTypeRole": "Viewer",
            "CFBundleURLSchemes": ["coffre"],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": "alt.coffre.backup",
            "UTTypeDescription": "Coffre backup",
            "UTTypeConformsTo": ["public.data"],
            "UTTypeTagSpecification": {"public.filename-extension": ["coffre"]},
        }
    ],
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Coffre backup",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": ["alt.coffre.backup"],
        },
        {
            # Offered under "Open with", and never taken from the program that opens them now.
            "CFBundleTypeName": "Badge",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "CFBundleTypeExtensions": ["jwt", "json", "jsonld", "png", "svg"],
        },
    ],
}
"""Keys of ``Info.plist`` in Coffre.app."""


def version_resource(version: str) -> Any:
    """Return what Windows shows as properties of the program.

    ``version`` has up to four numbers, divided by dots.
    """
    from PyInstaller.utils.win32 import versioninfo as win  # noqa: PLC0415 - while building only

    given = [int(part) for part in version.split(".") if part.isdigit()]
    numbers = tuple([*given, 0, 0, 0, 0][:4])
    language, letters = _US_ENGLISH_UNICODE
    texts = {
        "FileDescription": "Coffre",
        "FileVersion": version,
        "InternalName": "coffre",
        "LegalCopyright": "MIT License, The Coffre founders",
        "ProductName": "Coffre",
        "ProductVersion": version,
    }
    table = win.StringTable(
        f"{language:04X}{letters:04X}", [win.StringStruct(key, text) for key, text in texts.items()]
    )
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            win.StringFileInfo([table]),
            win.VarFileInfo([win.VarStruct("Translation", [language, letters])]),
        ],
    )
