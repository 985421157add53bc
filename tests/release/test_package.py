"""What goes into the installable folder and the Debian package, on a small stand-in program."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from release.bundle import KEPT_PLUGINS, closure, is_kept, is_system_file
from release.deb import Source, depends, make_deb
from release.elf import Needs, needs_of
from release.icons import SIZES, draw_icons
from release.notices import third_party_notices
from wallet_app.resources import resource_path

ROOT = Path(__file__).resolve().parents[2]
NEEDS = Needs(("libc.so.6", "libGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"), (2, 35), "x")

needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is Debian's")


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6\\plugins\\imageformats\\qjpeg.dll",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/QtCore.abi3.so",
        "wallet_app/_resources/fonts/SourceSans3-Regular.ttf",
    ],
)
def test_what_the_window_needs_is_kept(file: str) -> None:
    assert is_kept(file)


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/Qt/plugins/something/libnew.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_help_fr.qm",
    ],
)
def test_what_no_badge_may_reach_stays_out(file: str) -> None:
    assert not is_kept(file)


def test_every_plugin_that_is_listed_for_this_system_is_in_the_wheel() -> None:
    import PySide6  # noqa: PLC0415 - only its place is wanted

    plugins = Path(PySide6.__path__[0]) / "Qt" / "plugins"
    there = {file.stem.removeprefix("lib") for file in plugins.rglob("*.so")}
    if not there:
        pytest.skip("the wheel of another system is laid out in another way")
    others = {"qwindows", "qcocoa"}
    assert {name for group in KEPT_PLUGINS.values() for name in group} - others <= there


def test_libraries_of_the_display_are_the_systems_and_the_rare_ones_go_along() -> None:
    folder = "/usr/lib/x86_64-linux-gnu"
    assert is_system_file(f"{folder}/libX11.so.6")
    assert is_system_file(f"{folder}/libstdc++.so.6")
    assert not is_system_file(f"{folder}/libxcb-cursor.so.0")
    assert not is_system_file(f"{folder}/libpython3.11.so.1.0")
    assert not is_system_file("/home/anna/.venv/lib/PySide6/Qt/lib/libQt6Core.so.6")


def test_a_library_goes_along_only_with_what_needs_it() -> None:
    linked = {"a": ["b"], "b": ["c", "a"], "c": [], "gone": ["d"]}
    assert closure(["a"], lambda file: linked[file]) == {"a", "b", "c"}


def test_each_needed_library_has_its_package() -> None:
    assert depends(NEEDS) == (
        "hicolor-icon-theme, libc6 (>= 2.35), libgl1, libglib2.0-0t64 | libglib2.0-0, xkb-data"
    )
    with pytest.raises(LookupError, match="libnew"):
        depends(Needs(("libnew.so.1",), (2, 35), "x"))


@pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is not installed")
def test_what_a_binary_needs_is_read_from_itself(tmp_path: Path) -> None:
    program = shutil.which("true")
    assert program is not None
    shutil.copyfile(program, tmp_path / "true")
    needs = needs_of(tmp_path)
    assert "libc.so.6" in needs.libraries
    assert needs.libc >= (2, 2)
    assert needs.libc_by == "true"


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    return draw_icons(tmp_path_factory.mktemp("icons"))


def package(folder: Path, icons: dict[int, Path]) -> Path:
    program = folder / "program"
    program.mkdir(parents=True)
    (program / "coffre").write_text("#!/bin/sh\n", encoding="ascii")
    (program / "third-party.txt").write_text("licences\n", encoding="ascii")
    inside = program / "_internal"
    inside.mkdir()
    (inside / "data.bin").write_bytes(bytes(1000))
    (inside / "link.bin").symlink_to("data.bin")
    source = Source(
        program=program,
        resources=resource_path(),
        icons=icons,
        texts={"copyright": "MIT\n", "changelog": "# 0.1.0\n", "third-party.txt": "licences\n"},
        version="0.1.0",
        architecture="amd64",
        needs=NEEDS,
        epoch=1_767_225_600,
    )
    return make_deb(source, folder / "work", folder)


@needs_dpkg
def test_the_package_has_its_files_where_a_desktop_looks(
    tmp_path: Path, icons: dict[int, Path]
) -> None:
    deb = package(tmp_path, icons)
    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(deb)], capture_output=True, text=True, check=True
    ).stdout
    assert "./usr/bin/coffre -> ../lib/coffre/coffre" in listed
    assert "./usr/lib/coffre/_internal/link.bin -> data.bin" in listed
    for file in (
        "applications/coffre.desktop", "mime/packages/coffre.xml",
        "metainfo/alt.coffre.coffre.metainfo.xml", "icons/hicolor/scalable/apps/coffre.svg",
        "doc/coffre/copyright", "doc/coffre/third-party.txt.gz", "man/man1/coffre.1.gz",
        *(f"icons/hicolor/{size}x{size}/apps/coffre.png" for size in SIZES),
    ):  # fmt: skip
        assert f"./usr/share/{file}\n" in listed
    assert "lib/coffre/third-party.txt" not in listed
    assert {line.split()[1] for line in listed.splitlines()} == {"root/root"}
    programs = [line for line in listed.splitlines() if line.startswith("-rwx")]
    assert [line.split()[-1] for line in programs] == ["./usr/lib/coffre/coffre"]
    control = subprocess.run(
        ["dpkg-deb", "--info", str(deb)], capture_output=True, text=True, check=True
    ).stdout
    # Nothing of ours runs as root; Debian's triggers take up menu, kinds of files and icons.
    assert not {"postinst", "preinst", "postrm", "prerm"} & set(control.split())


@needs_dpkg
def test_the_same_inputs_make_the_same_package(tmp_path: Path, icons: dict[int, Path]) -> None:
    first = package(tmp_path / "a", icons)
    os.utime(resource_path("desktop", "coffre.desktop"))
    umask = os.umask(0o077)
    second = package(tmp_path / "b", icons)
    os.umask(umask)
    assert first.read_bytes() == second.read_bytes()


def test_everything_that_goes_along_says_its_licence() -> None:
    told = third_party_notices(ROOT / "requirements" / "run.lock")
    for name in ("Python 3.", "PySide6_Essentials 6.11.3", "sqlcipher3", "pyrage", "frozendict"):
        assert f"\n{name}" in told
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in told
