"""The words of ODF paragraphs (odt, ods): without deleted, hidden and struck text, comments and note marks.

<text:p>教育支出<text:span text:style-name="struck">5</text:span>8亿元<text:s text:c="2"/>…  ->  "教育支出8亿元  …"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.read.docx_xml import Element, child, local, named, value

BREAK = "\n"
MAX_BLANKS = 100
SILENT = frozenset(
    {
        "annotation", "annotation-end", "tracked-changes", "deletion", "note-citation", "script", "hidden-text",
        "hidden-paragraph", "ruby-text", "title", "desc", "bookmark", "reference-mark", "sequence-decls",
        "variable-decls", "user-field-decls", "forms", "image", "object", "object-ole", "binary-data",
    }
)  # fmt: skip
MARK = re.compile(r"[\s\[［(（]*[\d*＊①-⑳注]{1,3}[\])）］\s]*")  # what a raised text is when it points to a note


@dataclass(frozen=True, slots=True)
class Styles:
    """The names of styles whose text is not to be seen, and of those that raise it."""

    silent: frozenset[str]
    raised: frozenset[str]


def styles(*parts: Element | None) -> Styles:
    """From the style elements of the parts of a document; a style hands on to those made from it."""
    silent: set[str] = set()
    raised: set[str] = set()
    parents: dict[str, str] = {}
    for part in parts:
        for style in named(part, "style"):
            name, properties = value(style, "name"), child(style, "text-properties")
            parents[name] = value(style, "parent-style-name")
            through = value(properties, "text-line-through-style") or value(properties, "text-line-through-type")
            if value(properties, "display") == "none" or through not in {"", "none"}:
                silent.add(name)
            if value(properties, "text-position").startswith("super"):
                raised.add(name)
    for name in parents:
        above, seen = parents[name], {name}
        while above and above not in seen:
            if above in silent:
                silent.add(name)
            seen.add(above)
            above = parents.get(above, "")
    return Styles(frozenset(silent), frozenset(raised))


def text(element: Element, known: Styles) -> str:
    """What is printed of a paragraph, its line breaks as such; notes and text boxes are read apart."""
    return "" if value(element, "style-name") in known.silent else "".join(_texts(element, known))


def _texts(element: Element, known: Styles) -> Iterator[str]:
    if element.text:
        yield _collapsed(element.text)
    for found in element:
        tag = local(found)
        if tag == "s":
            count = value(found, "c")
            yield " " * min(int(count) if count.isdecimal() else 1, MAX_BLANKS)
        elif tag == "tab":
            yield " "
        elif tag in {"line-break", "soft-page-break"}:
            yield BREAK if tag == "line-break" else ""
        elif tag not in SILENT and tag not in {"note", "frame", "custom-shape", "text-box"}:
            style = value(found, "style-name")
            words = "" if style in known.silent else "".join(_texts(found, known))
            yield "" if style in known.raised and MARK.fullmatch(words) else words
        if found.tail:
            yield _collapsed(found.tail)


def _collapsed(words: str) -> str:
    """Line ends and runs of blanks of the XML are one blank: more are written as elements."""
    return re.sub(r"[ \t\r\n]+", " ", words)
