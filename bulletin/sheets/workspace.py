"""A folder for one sheet: the template, the data and the pictures, and nothing else."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refusal
from bulletin.domain.notices.content import Image
from bulletin.sheets.facts import SheetFacts
from bulletin.sheets.layout import PlacedPicture
from bulletin.sheets.look import PARTS, template_files
from bulletin.sheets.pictures import printable
from bulletin.sheets.problems import SheetUnprintable
from bulletin.sheets.qr import qr_code
from bulletin.sheets.scripts import scripted


class Workspace:
    """Writes what one sheet needs into `root`, the one folder that Typst may read."""

    def __init__(self, root: Path, template_dir: Path) -> None:
        self.root = root
        self._codes: dict[str, Mapping[str, Any]] = {}
        (root / PARTS).mkdir()
        for part in template_files(template_dir):
            shutil.copyfile(part, root / part.relative_to(template_dir))

    def write_pictures(self, facts: SheetFacts) -> dict[str, PlacedPicture]:
        """Write every picture of the document, by its SHA-256.

        Raises:
            SheetUnprintable: when one is missing or cannot be opened.
        """
        placed: dict[str, PlacedPicture] = {}
        for block in facts.document.blocks:
            if isinstance(block, Image) and block.file not in placed:
                name = block.caption or block.alt or "未命名"
                if block.file not in facts.images:
                    sentence = f"图片“{name}”找不到了，请重新上传。"
                    raise SheetUnprintable(Refusal("picture_missing", sentence))
                picture = printable(facts.images[block.file], name)
                file = f"picture-{len(placed) + 1}.{picture.suffix}"
                (self.root / file).write_bytes(picture.data)
                placed[block.file] = PlacedPicture(f"/{file}", picture.width)
        return placed

    def write_photos(self, photos: Sequence[tuple[str, bytes]]) -> list[dict[str, str]]:
        """Photographs with their captions, no larger than print can show."""
        written = []
        for number, (caption, data) in enumerate(photos, 1):
            picture = printable(data, caption)
            file = f"photo-{number}.{picture.suffix}"
            (self.root / file).write_bytes(picture.data)
            written.append({"file": f"/{file}", "caption": caption})
        return written

    def write_facts(self, data: Mapping[str, Any]) -> None:
        words = json.dumps(data, ensure_ascii=False)
        self._write_json("facts.json", scripted(data, words))

    def write_codes(self, scans: Sequence[Scan], public_url: str) -> None:
        self._write_json("codes.json", [self._code(scan.url(public_url)) for scan in scans])

    def write_links(self, links: Sequence[tuple[str, int]]) -> None:
        """Codes that lead to a page of a place, with the millimetres of their side."""
        codes = [{**self._code(url), "side": side} for url, side in links]
        self._write_json("codes.json", codes)

    def _code(self, url: str) -> Mapping[str, Any]:
        if url not in self._codes:
            code = qr_code(url)
            file = f"code-{len(self._codes) + 1}.png"
            (self.root / file).write_bytes(code.png)
            self._codes[url] = {
                "file": f"/{file}",
                "modules": code.modules,
                "alt": f"二维码：{url}",
            }
        return self._codes[url]

    def _write_json(self, name: str, value: Any) -> None:
        (self.root / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")


@contextmanager
def open_workspace(template_dir: Path) -> Iterator[Workspace]:
    """A workspace in a folder that is gone when the block ends."""
    with TemporaryDirectory(prefix="bulletin-sheet-") as folder:
        yield Workspace(Path(folder), template_dir)
