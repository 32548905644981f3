"""Kind of file -> its reader: one dict, and the bytes of one file -> its documents.

documents("报告.zip", data)  ->  [Document("报告.zip!/决算.pdf", …), …]
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from index.errors import UnreadableFile
from index.models import Document
from index.read import (
    archive,
    csv_file,
    doc_file,
    docx_file,
    html_file,
    image_file,
    ods_file,
    odt_file,
    ofd_file,
    pdf_file,
    rtf_file,
    txt_file,
    xlsx_file,
)
from index.read.archive import Member
from index.read.reading import Reading
from index.read.sniff import sniff

PLAIN = frozenset({"txt", "csv"})  # read without a worker process
REFUSALS = {
    "odp": "不支持演示文稿。",
    "odf": "不支持这种 OpenDocument 文件，请另存为 odt 或 ods 后再导入。",
    "ppt": "不支持演示文稿。",
    "pptx": "不支持演示文稿。",
    "rar": "不支持 RAR 压缩包，请改用 ZIP。",
    "gzip": "不支持 gzip 压缩文件，请改用 ZIP。",
    "encrypted": "文件已加密，需要密码，请先解密。",
    "ole": "不支持这种旧格式的办公文件，请另存为 docx 或 xlsx 后再导入。",
    "sqlite": "这是数据库文件，不是报告。",
    "program": "这是程序文件，不是报告。",
    "mht": "不支持 MHT 网页存档，请将网页另存为 HTML。",
}


def documents(name: str, data: bytes) -> list[Document]:
    """All documents of a file: one, or those of an archive's members.  Raises UnreadableFile if there are none."""
    kind = sniff(data)
    if kind not in ARCHIVES:
        return [_document(name, kind, data)]
    found: list[Document] = []
    refused: list[str] = []
    for member in ARCHIVES[kind](data):
        if member.refusal:
            refused.append(member.refusal)
            continue
        try:
            inner = sniff(member.data)
            if inner in ARCHIVES:
                raise UnreadableFile("压缩包中的压缩包不再展开。")
            found.append(_document(f"{name}!/{member.name}", inner, member.data))
        except UnreadableFile as error:
            refused.append(f"{member.name}：{error}")
    if not found:
        raise UnreadableFile("压缩包里没有可读的文件。" + "".join(refused[:3]))
    if refused:
        warnings = (*found[0].warnings, *(f"压缩包内未读：{reason}" for reason in refused))
        found[0] = replace(found[0], warnings=warnings)
    return found


def _document(name: str, kind: str, data: bytes) -> Document:
    if not data.strip():
        raise UnreadableFile("文件是空的，没有可读的文字。")
    reader = READERS.get(kind)
    if reader is None:
        raise UnreadableFile(REFUSALS.get(kind, "不支持这种文件格式。"))
    reading = reader(data)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, digest, kind, reading.blocks, reading.ocr, reading.warnings, reading.recognised)


ARCHIVES: dict[str, Callable[[bytes], Iterator[Member]]] = {
    "zip": archive.zip_members,
    "7z": archive.seven_zip_members,
}

READERS: dict[str, Callable[[bytes], Reading]] = {
    "txt": txt_file.read,
    "csv": csv_file.read,
    "html": html_file.read,
    "pdf": pdf_file.read,
    "ofd": ofd_file.read,
    "docx": docx_file.read,
    "doc": doc_file.read,
    "xlsx": xlsx_file.read,
    "xls": xlsx_file.read,
    "rtf": rtf_file.read,
    "odt": odt_file.read,
    "ods": ods_file.read,
    "image": image_file.read,
}
