"""Small facts about HTML elements: which make a line, which are no content, how white space collapses.

collapse("完成\\n   29 亿元")  ->  "完成29 亿元"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SKIP = frozenset(
    {
        "del",
        "s",
        "strike",
        "script",
        "style",
        "link",
        "meta",
        "title",
        "nav",
        "header",
        "footer",
        "select",
        "option",
        "input",
        "button",
        "textarea",
        "iframe",
        "noscript",
        "svg",
        "canvas",
        "object",
        "embed",
        "video",
        "audio",
        "template",
        "-comment",
        "-document",
    }
)
BLOCK = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "section",
        "article",
        "main",
        "aside",
        "blockquote",
        "pre",
        "hr",
        "form",
        "fieldset",
        "center",
        "address",
        "figure",
        "figcaption",
        "details",
        "summary",
        "body",
    }
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
SOURCE_BREAK = re.compile(r"(?<![ \t])[ \t]*[\r\n]\s*")
LATIN_BREAK = re.compile(r"(?<=[A-Za-z,.])[ \t]*[\r\n]\s*(?=[A-Za-z])")
SPACES = re.compile(r"[ \t\xa0\u2002\u2003\u2009]+")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\xad]")
OUTER = " \u3000\t\r\n"


def children(node: LexborNode) -> Iterator[LexborNode]:
    """The child nodes in order, text included."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def is_hidden(node: LexborNode) -> bool:
    """Hidden or struck out by its own style or attribute (style sheets are not read)."""
    if node.tag == "-text":
        return False
    attributes = node.attributes
    return "hidden" in attributes or bool(HIDDEN.search(attributes.get("style") or ""))


def own_text(node: LexborNode) -> str:
    """The characters of a text node; a line break of the page's source is no character between Chinese ones."""
    return SOURCE_BREAK.sub("", LATIN_BREAK.sub(" ", node.text(deep=False) or ""))


def collapse(text: str) -> str:
    """Visible form of a line: source breaks gone, runs of blanks one blank, outer blanks gone."""
    text = SOURCE_BREAK.sub("", LATIN_BREAK.sub(" ", INVISIBLE.sub("", text)))
    return SPACES.sub(" ", text).strip(OUTER)
