"""Pictures for phones: cut where the words end."""

from PIL import Image, ImageChops

MARGIN = 60  # px below the last line
LEAST_HEIGHT = 1080  # px; chats crop what is wider than high


def without_empty_end(page: Image.Image) -> Image.Image:
    """A picture without the empty rest of its page."""
    ground = Image.new(page.mode, page.size, page.getpixel((0, page.height - 1)))
    box = ImageChops.difference(page, ground).getbbox()
    end = page.height if box is None else min(page.height, max(box[3] + MARGIN, LEAST_HEIGHT))
    return page.crop((0, 0, page.width, end))
