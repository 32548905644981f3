"""First bytes, and the names inside a container -> kind of file.

The file's own name is never asked: a .txt that is a PDF is read as a PDF.

    b"%PDF-1.7 ..." -> "pdf"        "2023年，全区财政总收入…" in GB18030 -> "txt"
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from index.read import csv_file, ole

MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
INSIDE = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation.xml", "pptx"),
)
OPEN_DOCUMENT = ((b"opendocument.text", "odt"), (b"spreadsheet", "ods"), (b"presentation", "odp"))
PDF_WITHIN = 1024  # some servers put bytes before the header
HTML_WITHIN = 4096
HTML_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|title|script|p|span)\b", re.IGNORECASE)
MHT = re.compile(rb"(?:[\w-]+:[^\n]*\n\s*)*?(?:MIME-Version:|Content-Type:\s*multipart/related)", re.IGNORECASE)
BOM_UTF8 = b"\xef\xbb\xbf"


def sniff(data: bytes) -> str:
    """The kind of a file, as formats.READERS, ARCHIVES and REFUSALS know it; txt is what is left.

    A container needs its end to be told from others: given only the beginning it is a zip, an old Office file ole.
    """
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    for magic, kind in MAGIC:
        if data.startswith(magic) and not (len(magic) == 2 and b"\x00" not in data[:512]):
            return _container(data) if kind == "zip" else ole.kind(data) if kind == "ole" else kind
    head = data[:HTML_WITHIN].removeprefix(BOM_UTF8).lstrip()
    if head.startswith(b"<") and HTML_TAG.search(head):
        return "html"
    if MHT.match(head):
        return "mht"
    return "csv" if csv_file.looks_like_csv(data) else "txt"


def _container(data: bytes) -> str:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
        if "mimetype" in names and "content.xml" in names:
            with archive.open("mimetype") as file:
                said = file.read(100)
            return next((kind for word, kind in OPEN_DOCUMENT if word in said), "odf")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, zlib.error):
        return "zip"
    return next((kind for name, kind in INSIDE if name in names), "zip")
