"""A PDF as the poppler tools see it: other people's code, not ours and not Qt's."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

__all__ = ["Poppler"]


@dataclass(frozen=True)
class Poppler:
    """One file. Skips the test where poppler is not installed."""

    path: Path

    @staticmethod
    def opened(data: bytes, folder: Path) -> "Poppler":
        """Write ``data`` into ``folder`` and open it."""
        if shutil.which("pdfinfo") is None:
            pytest.skip("poppler is not installed")
        path = folder / "seen.pdf"
        path.write_bytes(data)
        return Poppler(path)

    def info(self) -> dict[str, str]:
        """Return what ``pdfinfo`` says, by name."""
        lines = self._run("pdfinfo", "-enc", "UTF-8", self.path).splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}

    def raw_text(self, page: int | None = None) -> str:
        """Return the text as it is copied out, line ends and all."""
        only = () if page is None else ("-f", page, "-l", page)
        return self._run("pdftotext", "-enc", "UTF-8", *only, self.path, "-")

    def text(self, page: int | None = None) -> str:
        """Return the text with lines joined; nothing else is touched."""
        return re.sub(r"[\n\f ]+", " ", self.raw_text(page))

    def fonts(self) -> list[list[str]]:
        """Return name, kind and, last, ``emb sub uni`` of each font."""
        return [line.split() for line in self._run("pdffonts", self.path).splitlines()[2:]]

    def attachments(self) -> dict[str, bytes]:
        """Return what is attached, by the name it is saved under."""
        folder = self.path.with_suffix(".attached")
        folder.mkdir()
        self._run("pdfdetach", "-saveall", "-o", folder, self.path)
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    def page(self, number: int = 1, dots_per_inch: int = 110) -> Image.Image:
        """Return a page as it is printed."""
        out = self.path.with_suffix("")
        wanted = ("-f", number, "-l", number, "-singlefile", "-png", "-r", dots_per_inch)
        self._run("pdftoppm", *wanted, self.path, out)
        with Image.open(f"{out}.png") as image:
            return image.convert("RGB")

    @staticmethod
    def _run(*command: object) -> str:
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, check=True, timeout=60
        )
        assert done.stderr == b""
        return done.stdout.decode("utf-8")
