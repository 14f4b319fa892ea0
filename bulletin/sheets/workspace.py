"""The typesetter's desk: a folder for one sheet, with the template, the data and the pictures."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refusal
from bulletin.domain.notices.content import Image
from bulletin.sheets.facts import SheetFacts
from bulletin.sheets.layout import PlacedPicture
from bulletin.sheets.pictures import printable
from bulletin.sheets.problems import SheetUnprintable
from bulletin.sheets.qr import qr_code

PARTS = "parts"


class Workspace:
    """Lays what one sheet needs into `root`, where Typst may read and nothing else lies."""

    def __init__(self, root: Path, template_dir: Path) -> None:
        self.root = root
        self._codes: dict[str, Mapping[str, Any]] = {}
        (root / PARTS).mkdir()
        for part in (*template_dir.glob("*.typ"), *(template_dir / PARTS).iterdir()):
            shutil.copyfile(part, root / part.relative_to(template_dir))

    def lay_pictures(self, facts: SheetFacts) -> dict[str, PlacedPicture]:
        """Lay every picture of the document down, by its SHA-256.

        Raises:
            SheetUnprintable: when one is missing or cannot be opened.
        """
        placed: dict[str, PlacedPicture] = {}
        for block in facts.document.blocks:
            if isinstance(block, Image) and block.file not in placed:
                named = block.caption or block.alt or "未命名"
                if block.file not in facts.images:
                    sentence = f"图片“{named}”找不到了，请重新上传。"
                    raise SheetUnprintable(Refusal("picture_missing", sentence))
                picture = printable(facts.images[block.file], named)
                file = f"picture-{len(placed) + 1}.{picture.suffix}"
                (self.root / file).write_bytes(picture.data)
                placed[block.file] = PlacedPicture(f"/{file}", picture.width)
        return placed

    def lay_photos(self, photos: Sequence[tuple[str, bytes]]) -> list[dict[str, str]]:
        """Photographs with their captions, no larger than print can show."""
        laid = []
        for number, (caption, data) in enumerate(photos, 1):
            picture = printable(data, caption)
            file = f"photo-{number}.{picture.suffix}"
            (self.root / file).write_bytes(picture.data)
            laid.append({"file": f"/{file}", "caption": caption})
        return laid

    def lay_facts(self, data: Mapping[str, Any]) -> None:
        self._lay_json("facts.json", data)

    def lay_codes(self, scans: Sequence[Scan], public_url: str) -> None:
        self._lay_json("codes.json", [self._lay_code(scan, public_url) for scan in scans])

    def lay_links(self, links: Sequence[tuple[str, int]]) -> None:
        """Codes that lead to a page of a place, with the millimetres of their side."""
        found = [{**self._lay_url(url), "side": side} for url, side in links]
        self._lay_json("codes.json", found)

    def _lay_code(self, scan: Scan, public_url: str) -> Mapping[str, Any]:
        return self._lay_url(scan.url(public_url))

    def _lay_url(self, url: str) -> Mapping[str, Any]:
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

    def _lay_json(self, name: str, value: Any) -> None:
        (self.root / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
