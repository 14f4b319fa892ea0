"""Scans of papers: each page a picture that is sharp where it can be, and small where it must be."""

import io

from PIL import Image, ImageDraw

from bulletin.sheets.scans import PDF, pages_of

A4 = (1240, 1754)  # px at 150 dpi


def _letters():
    page = Image.new("L", A4, "white")
    for line in range(100, 1600, 60):
        ImageDraw.Draw(page).text((120, line), "NOTICE 2026-10-09 " * 6, fill="black", font_size=28)
    return page


def _noisy():
    return Image.blend(_letters(), Image.effect_noise(A4, 60), 0.2)


def test_a_page_of_letters_stays_sharp_and_a_scanners_noise_is_kept_small():
    buffer = io.BytesIO()
    drawn = [_letters().convert("1"), _noisy()]
    drawn[0].save(buffer, "PDF", save_all=True, append_images=drawn[1:], resolution=150)
    letters, noisy = pages_of(buffer.getvalue(), PDF)
    assert (letters[1], noisy[1]) == ("image/png", "image/jpeg")
    assert all(len(page) < 2_000_000 for page, _ in (letters, noisy))
