"""Parts of Office packages: which are read and how, and the few that are known to be harmless.

A part that stands in neither list is unread: a person has to look. So a kind of part that nobody
thought of here can never pass as clean.
"""

import re
from enum import Enum, auto
from hashlib import sha256

_ANY = re.IGNORECASE


class PartReader(Enum):
    WORDS = auto()  # every text and attribute of its XML
    DRAWING = auto()  # VML of old programs: XML, or nearly so
    PAGE = auto()  # html, plain text
    ARCHIVE = auto()  # mht
    FILE = auto()  # a file of its own: the workbook behind a chart, a document put in
    NOTHING = auto()  # known to be harmless


# The name of a part, and its reader. XML is read whole, even what should hold no words.
_READ = (
    (r"xl/worksheets/[^/]+\.xml", PartReader.WORDS),
    (r"(?:.*/)?_rels/[^/]*\.rels", PartReader.WORDS),  # targets: tel:, mailto:, folders of people
    (r"\[Content_Types\]\.xml", PartReader.WORDS),
    (r"docProps/(?:core|app|custom)\d*\.xml", PartReader.WORDS),
    (r"docMetadata/[^/]+\.xml", PartReader.WORDS),
    (r"package/services/metadata/core-properties/[^/]+\.psmdcp", PartReader.WORDS),
    (r"customXml/(?:item|itemProps)\d*\.xml", PartReader.WORDS),
    (
        (
            r"word/(?:glossary/)?(?:document|header|footer|footnotes|endnotes|settings|webSettings|"
            r"styles|stylesWithEffects|numbering|fontTable|people|intelligence|comments(?:Extended|Extensible|Ids)?)"
            r"\d*\.xml"
        ),
        PartReader.WORDS,
    ),
    (
        (
            r"xl/(?:workbook|sharedStrings|styles|metadata|connections|calcChain|cellimages|"
            r"comments|sheetMetadata|volatileDependencies|xmlMaps|xmlmaps|users|featurePropertyBag)"
            r"\d*\.xml"
        ),
        PartReader.WORDS,
    ),
    (
        (
            r"xl/(?:comments|threadedComments|persons|tables|queryTables|pivotTables|pivotCache|"
            r"externalLinks|slicers|slicerCaches|timelines|timelineCaches|ctrlProps|richData|revisions|"
            r"chartsheets|featurePropertyBag)/[^/]+\.xml"
        ),
        PartReader.WORDS,
    ),
    (
        (r"(?:word|xl)/(?:theme|charts|diagrams|drawings)/[^/]+\.xml"),
        PartReader.WORDS,
    ),
    (r"(?:word|xl)/(?:drawings/)?vmlDrawing\d*\.vml", PartReader.DRAWING),
    (r".*\.(?:html?|xhtml|txt)", PartReader.PAGE),  # what Word shows as its own text (altChunk)
    (r".*\.mht(?:ml)?", PartReader.ARCHIVE),
    (r".*\.(?:docx|xlsx|pdf|csv|md)", PartReader.FILE),
)
_HARMLESS = (
    (r"xl/printerSettings/[^/]+\.bin", "the printer's own settings"),
    (r"word/printerSettings\d*\.bin", "the printer's own settings"),
    (r"word/fonts/[^/]+\.odttf", "shapes of letters, no text"),
)
# A preview shows the first page as it was once; this one is empty, of python-docx's template.
_EMPTY_PREVIEW = "96367138dc44ce09bf2c8f0f8e49348a1478d2c5c0af69bbc2bbc38b63cdcead"
_LOOKED_AT = (
    (re.compile(r"word/media/.+", _ANY), "文档里有{}张图片"),
    (re.compile(r"xl/media/.+", _ANY), "表格里有{}张图片"),
    (re.compile(r"word/embeddings/.+", _ANY), "文档里嵌有{}个其他文件"),
    (re.compile(r"xl/embeddings/.+", _ANY), "表格里嵌有{}个其他文件"),
    (re.compile(r"docProps/thumbnail.+", _ANY), "文件带有首页的预览图"),
)

_LONG_FIGURES = re.compile(r"\d{7,}[Xx]?")
_MAX_NAME = 120

_READERS = [(re.compile(pattern, _ANY), reader) for pattern, reader in _READ]
_HARMLESS_NAMES = [re.compile(pattern, _ANY) for pattern, _why in _HARMLESS]


def reader_of(name: str) -> PartReader | None:
    """How a part is read; None: it is unread."""
    if any(pattern.fullmatch(name) for pattern in _HARMLESS_NAMES):
        return PartReader.NOTHING
    return next((reader for pattern, reader in _READERS if pattern.fullmatch(name)), None)


def is_empty_preview(name: str, data: bytes) -> bool:
    return name == "docProps/thumbnail.jpeg" and sha256(data).hexdigest() == _EMPTY_PREVIEW


def shown_name(name: str) -> str:
    """A part's name as people may see it: long figures starred out, since a name may hold one."""
    return _LONG_FIGURES.sub("*******", name)[:_MAX_NAME]


def words_for(name: str, names: list[str]) -> str:
    """What an unread part is called, with how many of its kind there are."""
    for pattern, sentence in _LOOKED_AT:
        if pattern.fullmatch(name):
            return sentence.format(sum(bool(pattern.fullmatch(other)) for other in names))
    return f"其中的“{shown_name(name)}”"
