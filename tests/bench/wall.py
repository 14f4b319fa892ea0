"""How well a board is read from photographs, by pixels a module, beside one plain pass of ZXing.

    python tests/bench/wall.py [photographs]

Simulated: thirty real sheets on a board of 2.4 by 1.2 m, from straight ahead to 20° askew, blurred,
noisy, unevenly lit, half of them with glare, JPEG 75. Seconds are of the processor, one core. Asserts
nothing.
"""

import io
import random
import resource
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

import zxingcpp
from PIL import Image
from support.boards import Light, Photographed, WallBoard, hang_sheets, photograph

from bulletin.domain.codes import Scan, new_code, new_digits
from bulletin.domain.digests import sha256_hex
from bulletin.domain.history import Checkpoint
from bulletin.domain.notices.content import Document, Paragraph
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.compose import Composer
from bulletin.sheets.facts import SheetFacts
from bulletin.wiring import folder

URL = "https://gk.huzhu.gov.cn"
SHEETS = 30
STEP = 0.25  # pixels a module
AIM_FROM = 2.5
SPANS = ((0.0, 2400.0), (0.0, 2000.0), (400.0, 2400.0), (0.0, 1400.0))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def a_board() -> WallBoard:
    templates = folder("templates") / "sheets"
    composer = Composer(templates, [templates / "fonts"])
    sheets = [composer.compose(_facts(number)).pdf for number in range(1, SHEETS + 1)]
    return hang_sheets(sheets, URL)


def _facts(number: int) -> SheetFacts:
    return SheetFacts(
        township="互助土族自治县红崖子沟乡",
        village="张家村",
        board_title="村务公开栏",
        title="关于2026年第三季度村级财务收支情况的公开",
        number=f"张家村公开〔2026〕{number}号",
        document=Document((Paragraph("现将本村有关情况公开如下。" * 12),)),
        publishers=("张家村村民委员会",),
        code=new_code(),
        edition=1,
        public_url=URL,
        signed_on=date(2026, 10, 10),
        opens_on=date(2026, 10, 10),
        closes_on=date(2026, 10, 25),
        period_words="15日",
        digits=new_digits(),
        host_words="gk.huzhu.gov.cn",
        fingerprint=sha256_hex(b"edition"),
        checkpoint=Checkpoint(7, datetime(2026, 10, 10, 1, tzinfo=UTC), sha256_hex(b"head")),
    )


def a_photo(board: WallBoard, chance: random.Random) -> Photographed:
    light = Light(
        blur=chance.uniform(0.4, 1.2),
        noise=chance.uniform(2, 8),
        glare=chance.random() < 0.5,
        uneven=chance.uniform(0, 0.6),
    )
    tilt = chance.uniform(-20, 20), chance.uniform(-10, 10)
    return photograph(board, tilt=tilt, light=light, span_mm=chance.choice(SPANS), chance=chance)


def plain_pass(jpeg: bytes) -> set[Scan]:
    with Image.open(io.BytesIO(jpeg)) as picture:
        codes = zxingcpp.read_barcodes(picture.convert("L"))
    return {scan for scan in (Scan.parse(code.text) for code in codes) if scan is not None}


def main(photographs: int) -> None:
    board, chance = a_board(), random.Random(20261009)
    real = {pasted.scan for pasted in board.pasted}
    there, ours, plain = Counter[float](), Counter[float](), Counter[float]()
    seconds, plain_seconds, false = [], [], 0
    for _ in range(photographs):
        photo = a_photo(board, chance)
        started = time.process_time()
        read = {seen.scan for seen in read_photo(photo.jpeg).codes}
        seconds.append(time.process_time() - started)
        started = time.process_time()
        peer = plain_pass(photo.jpeg)
        plain_seconds.append(time.process_time() - started)
        false += len(read - real)
        for scan, pixels in photo.truth:
            bin_ = pixels // STEP * STEP
            there[bin_] += 1
            ours[bin_] += scan in read
            plain[bin_] += scan in peer
    say(f"{'px a module':<14}{'codes':>8}{'read':>10}{'one plain pass':>18}")
    for bin_ in sorted(there):
        of = there[bin_]
        say(f"{bin_:<14.2f}{of:>8}{ours[bin_] / of:>10.1%}{plain[bin_] / of:>18.1%}")
    sure = [bin_ for bin_ in there if bin_ >= AIM_FROM]
    rate = sum(ours[b] for b in sure) / sum(there[b] for b in sure)
    peer_rate = sum(plain[b] for b in sure) / sum(there[b] for b in sure)
    say(f"from {AIM_FROM} px a module: {rate:.2%} (aim 99%), one plain pass {peer_rate:.2%}")
    say(f"read falsely: {false} (aim 0)")
    say(
        f"a 12-megapixel photograph on one core: {median(seconds):.1f} s, {max(seconds):.1f} s at most "
        f"(aim 3), a plain pass {max(plain_seconds):.1f} s"
    )
    say(
        f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB (aim 500)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
