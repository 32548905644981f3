"""Bodies of calls: JSON, urlencoded or multipart, to values by name; every value but a file arrives as text.

``decode("", b"chat_id=7&text=%E4%BD%A0", "")`` gives ``{"chat_id": "7", "text": "你"}``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from tests.standin.refusal import bad

NAME = re.compile(r'[; ]name="([^"]*)"')
FILE_NAME = re.compile(r'filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file within a multipart body."""

    name: str
    content: bytes
    mime: str

    def __repr__(self) -> str:
        return f"<{self.name}, {len(self.content)} bytes>"


def decode(kind: str, body: bytes, query: str) -> dict[str, Any]:
    """Parameters of a call; those of the address first."""
    found: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    if kind.startswith("application/json"):
        found |= json.loads(body or b"{}")
    elif kind.startswith("multipart/form-data"):
        found |= multipart(kind, body)
    elif body:
        found |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return found


def multipart(kind: str, body: bytes) -> dict[str, Any]:
    """Fields and files; a file sent as ``attach://x`` is put where it is named."""
    boundary = kind.partition("boundary=")[2].strip('"; ')
    if not boundary:
        raise bad("multipart without boundary")
    values: dict[str, Any] = {}
    for part in body.split(b"--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        head, _, content = part.partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        headers = head.decode(errors="replace")
        name = NAME.search(headers)
        if name is None:
            raise bad("a part of the form has no name")
        file_name = FILE_NAME.search(headers)
        if file_name is None:
            values[name[1]] = content.decode()
        else:
            mime = re.search(r"Content-Type: *([^\r\n;]+)", headers, re.IGNORECASE)
            values[name[1]] = Upload(file_name[1], content, mime[1] if mime else "application/octet-stream")
    return values


def attached(value: Any, files: dict[str, Upload]) -> Any:
    """``attach://x`` anywhere within a value replaced by the file ``x`` (taken out of ``files``)."""
    if isinstance(value, str) and value.startswith("attach://"):
        name = value.removeprefix("attach://")
        if name not in files:
            raise bad(f"attached file {name} is not in the form")
        return files.pop(name)
    return value
