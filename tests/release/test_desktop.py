"""The files that tell a Linux desktop about Coffre say the same, in both languages."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse

from release.platforms import INFO_PLIST
from wallet_app import __version__
from wallet_app.app.coffre_links import SCHEME
from wallet_app.cli.arguments import command_names
from wallet_app.resources import resource_path

DESKTOP = resource_path("desktop", "coffre.desktop")
METAINFO = resource_path("desktop", "coffre.metainfo.xml")
KINDS = resource_path("desktop", "coffre-mime.xml")
SHARED = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entry() -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(DESKTOP, encoding="utf-8")
    return found


def opened_kinds() -> list[str]:
    listed = entry()["Desktop Entry"]["MimeType"].rstrip(";").split(";")
    return [kind for kind in listed if not kind.startswith("x-scheme-handler/")]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("desktop-file-validate", ["--warn-kde", str(DESKTOP)]),
        ("appstreamcli", ["validate", "--no-net", str(METAINFO)]),
    ],
)
def test_the_desktops_own_tool_finds_nothing_wrong(tool: str, arguments: list[str]) -> None:
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_action_starts_a_command_that_there_is() -> None:
    for section in entry().sections():
        words = entry()[section]["Exec"].split()
        assert words[0] == "coffre"
        assert words[1] in command_names()


def test_every_text_of_the_entry_has_its_french() -> None:
    for section in entry().sections():
        keys = entry()[section]
        texts = {"GenericName", "Comment", "Keywords"} if section == "Desktop Entry" else {"Name"}
        assert texts <= set(keys)
        assert all(keys.get(f"{key}[fr]") for key in texts)


def test_every_text_of_the_other_two_has_its_french() -> None:
    for comment in parse(KINDS).getroot().iter(f"{SHARED}mime-type"):
        assert [text.get(LANG) for text in comment.iter(f"{SHARED}comment")] == [None, "fr"]
    description = parse(METAINFO).getroot().find("description")
    assert description is not None
    texts = [text for text in description.iter() if text.tag in ("p", "li")]
    english, french = ([text for text in texts if text.get(LANG) == of] for of in (None, "fr"))
    assert len(english) == len(french) > 4


def test_the_three_files_name_the_same_kinds_and_the_code_knows_the_scheme() -> None:
    defined = [kind.get("type") for kind in parse(KINDS).getroot().iter(f"{SHARED}mime-type")]
    provided = [kind.text for kind in parse(METAINFO).getroot().iter("mediatype")]
    assert opened_kinds() == provided
    assert set(opened_kinds()) <= set(defined)
    assert f"x-scheme-handler/{SCHEME.rstrip(':')};" in entry()["Desktop Entry"]["MimeType"]
    (schemes,) = INFO_PLIST["CFBundleURLTypes"]
    assert schemes["CFBundleURLSchemes"] == [SCHEME.rstrip(":")]


def test_the_version_is_one_of_the_releases() -> None:
    releases = [found.get("version") for found in parse(METAINFO).getroot().iter("release")]
    assert __version__ in releases


FILES = {
    "Coffre-20261130T120000Z-1a2b3c4d.coffre": ("-----BEGIN AGE", "application/x-coffre-backup"),
    "diploma.vc.json": ("{}", "application/vc+ld+json"),
    "diploma.badge.json": ("{}", "application/vc+ld+json"),
    "shown.vp.json": ("{}", "application/vp+ld+json"),
    "diploma.jwt": ("eyJ", "application/vc+jwt"),
    "diploma.sd-jwt": ("eyJ", "application/vc+sd-jwt"),
    # Without a name that says anything, the first letters decide.
    "diploma": (
        '{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": []}',
        "application/vc+ld+json",
    ),
    # What belongs to other programs stays theirs, also with a badge inside.
    "package.json": ('{"@context": ["https://www.w3.org/ns/credentials/v2"]}', "application/json"),
    "photo.png": ("\x89PNG\r\n\x1a\n", "image/png"),
    "drawing.svg": ("<svg/>", "image/svg+xml"),
    "paper.pdf": ("%PDF-1.7", "application/pdf"),
    "notes.txt": ("-----BEGIN AGE ENCRYPTED FILE-----\n", "text/plain"),
    "secret.age": ("-----BEGIN AGE ENCRYPTED FILE-----\n", "application/x-age-armored"),
    "secret": ("-----BEGIN AGE ENCRYPTED FILE-----\n", "application/x-age-armored"),
}
ASK = """
import sys
from PySide6.QtCore import QMimeDatabase
for name in sys.argv[1:]:
    print(QMimeDatabase().mimeTypeForFile(name).name())
"""


def test_a_desktop_gives_coffre_its_files_and_leaves_the_others_alone(tmp_path: Path) -> None:
    packages = tmp_path / "share" / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copyfile(KINDS, packages / "coffre.xml")
    for name, (text, _kind) in FILES.items():
        (tmp_path / name).write_bytes(text.encode("latin-1"))
    names = [str(tmp_path / name) for name in FILES]
    # A desktop as Qt reads it: by the specification, from the very file that is installed.
    environment = {"XDG_DATA_HOME": str(tmp_path / "share"), "XDG_DATA_DIRS": "", "PATH": ""}
    told = subprocess.run(
        [sys.executable, "-c", ASK, *names],
        env={**environment, "LD_LIBRARY_PATH": ""},
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert dict(zip(FILES, told, strict=True)) == {
        name: kind for name, (_text, kind) in FILES.items()
    }
    assert "application/json" not in opened_kinds()
    assert not any(kind.startswith(("image/", "text/")) for kind in opened_kinds())


def test_the_definitions_for_other_systems_name_what_is_there() -> None:
    root = Path(__file__).resolve().parents[2]
    setup = (root / "release" / "windows.iss").read_text(encoding="utf-8")
    assert f'#define Version "{__version__}"' in setup
    spec = (root / "build.spec").read_text(encoding="utf-8")
    assert 'name="coffre-window"' in spec
    assert "coffre-window.exe" in setup
    for workflow in (root / ".github" / "workflows").glob("*.yml"):
        for line in workflow.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"@[0-9a-f]{40} # v", line), "an action is pinned by its digest"
