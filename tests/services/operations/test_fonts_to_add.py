"""Which fonts an office could add, and that adding them is enough."""

import shutil

from support.paths import MATERIAL

from bulletin.services.operations.fonts_to_add import fonts_to_add
from bulletin.wiring import open_site


def test_the_scripts_without_a_font_are_named_with_the_folder(site, settings):
    found = fonts_to_add(site)
    assert {"藏文", "传统蒙古文", "维吾尔文", "生僻字（扩展B区）"} <= {
        s.name for s in found.scripts
    }
    assert found.folder == (settings.data / "fonts").resolve()


def test_a_font_in_the_data_folder_is_enough(site, settings):
    fonts = settings.data / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    shutil.copy(MATERIAL / "fonts" / "NotoSerifTibetan-Regular.ttf", fonts)
    again = open_site(settings)
    left = fonts_to_add(again)
    again.sessions.close()
    assert "藏文" not in {script.name for script in left.scripts}
    assert "维吾尔文" in {script.name for script in left.scripts}
    assert left.folder == fonts.resolve()
