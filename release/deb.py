"""The Debian package: the frozen folder with what a desktop wants to know about it.

The same inputs make the same bytes: times, owners and modes are set, and one thread compresses.
There are no maintainer scripts. Menu, kinds of files and icons are taken up by the triggers that
Debian's own packages keep on those folders, and what a person has in their home is never touched.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Final

from release.elf import Needs

__all__ = ["LIBRARIES", "Source", "depends", "make_deb", "tree_of"]

LIBRARIES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    # Ubuntu 24.04 and Debian 13 renamed it.
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libzstd.so.1": "libzstd1",
}
"""Sonames that are left to the system, and the package of Debian or Ubuntu that has each."""

_LIBC: Final = frozenset(
    {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2"}
)
_ALWAYS: Final = ("xkb-data", "hicolor-icon-theme")
"""What Qt reads and is linked to nowhere: keyboard layouts, and the folder of icons."""

_MAINTAINER: Final = "The Coffre founders <founders@coffre.invalid>"
_DESCRIPTION: Final = """\
safe for the badges and certificates that you have earned
 Coffre takes in badges of every kind in use (Open Badges, CLR, W3C
 credentials, SD-JWT, Blockcerts, Europass), checks them strictly, keeps them
 encrypted on your own computer and shows them to anyone: by a link, a QR
 code, a PDF or a file that checks itself.
 .
 No account, no server, no tracking. In English and French."""

_OVERRIDES: Final = (
    # The program is a folder with its own Python and Qt; docs/adr/0087 says why.
    "embedded-library",
    "library-not-linked-against-libc",
    "binary-or-shlib-defines-rpath",
    "shared-library-lacks-prerequisites",
    "unstripped-binary-or-object",
    "hardening-no-relro",
    "hardening-no-fortify-functions",
    "hardening-no-pie",
    "spelling-error-in-binary",
    "bad-whatis-entry",
    "no-changelog",
    "initial-upload-closes-no-bugs",
    "package-installs-python-bytecode",
    "executable-in-usr-lib",
    "shared-library-is-executable",
    "extra-license-file",
    "package-contains-documentation-outside-usr-share-doc",
    "font-outside-font-dir",
    "font-in-non-font-package",
    "duplicate-font-file",
    "license-problem-font-adobe-copyrighted-fragment",
)


@dataclass(frozen=True)
class Source:
    """What a package is made of.

    Attributes:
        program: the frozen folder.
        resources: the project's ``resources``.
        icons: PNG files by their size in pixels.
        texts: ``copyright``, ``changelog`` and ``third-party.txt``.
        epoch: seconds since 1970 that every file is dated.
    """

    program: Path
    resources: Path
    icons: Mapping[int, Path]
    texts: Mapping[str, str]
    version: str
    architecture: str
    needs: Needs
    epoch: int


def depends(needs: Needs) -> str:
    """Return the field ``Depends``.

    Raises:
        LookupError: a library that no package is known for: list it, or let it go along.
    """
    found = {f"libc6 (>= {needs.libc[0]}.{needs.libc[1]})", *_ALWAYS}
    for library in needs.libraries:
        if library in _LIBC or library.startswith("ld-linux"):
            continue
        if library not in LIBRARIES:
            raise LookupError(f"no Debian package is listed for {library}")
        found.add(LIBRARIES[library])
    return ", ".join(sorted(found))


def make_deb(source: Source, work: Path, out: Path) -> Path:
    """Write the package into the folder ``out`` and return its file. ``work`` is emptied."""
    root = tree_of(source, work)
    for path in sorted(root.rglob("*"), reverse=True):
        os.utime(path, (source.epoch, source.epoch), follow_symlinks=False)
    os.utime(root, (source.epoch, source.epoch))
    file = out / f"coffre_{source.version}_{source.architecture}.deb"
    # The number of threads decides where xz cuts its blocks.
    environment = {
        **os.environ, "SOURCE_DATE_EPOCH": str(source.epoch), "DPKG_DEB_THREADS_MAX": "1",
    }  # fmt: skip
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(file)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return file


def tree_of(source: Source, work: Path) -> Path:
    """Lay out the files as they will be installed, with ``DEBIAN/`` beside them."""
    shutil.rmtree(work, ignore_errors=True)
    # Debian has a place of its own for licences.
    texts = shutil.ignore_patterns("LICENSE", "third-party.txt")
    shutil.copytree(source.program, work / "usr/lib/coffre", symlinks=True, ignore=texts)
    (work / "usr/bin").mkdir(parents=True)
    (work / "usr/bin/coffre").symlink_to("../lib/coffre/coffre")
    share, desktop = work / "usr/share", source.resources / "desktop"
    _put(share / "applications/coffre.desktop", desktop / "coffre.desktop")
    _put(share / "mime/packages/coffre.xml", desktop / "coffre-mime.xml")
    _put(share / "metainfo/alt.coffre.coffre.metainfo.xml", desktop / "coffre.metainfo.xml")
    icons = share / "icons/hicolor"
    for size, icon in source.icons.items():
        _put(icons / f"{size}x{size}/apps/coffre.png", icon)
    _put(icons / "scalable/apps/coffre.svg", source.resources / "icons/app/coffre-256.svg")
    _write(share / "doc/coffre/copyright", source.texts["copyright"].encode())
    _write(share / "doc/coffre/third-party.txt.gz", _zipped(source.texts["third-party.txt"]))
    _write(share / "doc/coffre/CHANGELOG.md.gz", _zipped(source.texts["changelog"]))
    _write(share / "doc/coffre/changelog.gz", _zipped(_debian_changelog(source)))
    manual = (desktop / "coffre.1").read_text(encoding="utf-8")
    _write(share / "man/man1/coffre.1.gz", _zipped(manual))
    overrides = "".join(f"coffre: {tag}\n" for tag in _OVERRIDES)
    _write(share / "lintian/overrides/coffre", overrides.encode())
    _set_modes(work)
    _write_control(source, work)
    return work


def _debian_changelog(source: Source) -> str:
    """Return it in Debian's form; what changed for people is in CHANGELOG.md beside it."""
    day = formatdate(source.epoch)
    return (
        f"coffre ({source.version}) stable; urgency=medium\n\n"
        f"  * See CHANGELOG.md.\n\n -- {_MAINTAINER}  {day.replace('-0000', '+0000')}\n"
    )


def _put(target: Path, file: Path) -> None:
    _write(target, file.read_bytes())


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _zipped(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)


def _set_modes(root: Path) -> None:
    root.chmod(0o755)
    for path in root.rglob("*"):
        if not path.is_symlink():
            is_program = path.is_dir() or path == root / "usr/lib/coffre/coffre"
            path.chmod(0o755 if is_program else 0o644)


def _write_control(source: Source, root: Path) -> None:
    files = list(_files(root))
    size = sum((path.stat().st_size + 1023) // 1024 for path in files)
    fields = {
        "Package": "coffre",
        "Version": source.version,
        "Architecture": source.architecture,
        "Maintainer": _MAINTAINER,
        "Installed-Size": str(size),
        "Depends": depends(source.needs),
        # Quick unlock asks a Secret Service; without one the passphrase opens the safe.
        "Suggests": "gnome-keyring | kwalletmanager",
        "Section": "utils",
        "Priority": "optional",
        "Description": _DESCRIPTION,
    }
    control = "".join(f"{name}: {value}\n" for name, value in fields.items())
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(root)}\n"
        for path in files
    )
    _write(root / "DEBIAN/control", control.encode())
    _write(root / "DEBIAN/md5sums", sums.encode())
    for path in (root / "DEBIAN").iterdir():
        path.chmod(0o644)
    (root / "DEBIAN").chmod(0o755)


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path
