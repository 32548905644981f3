"""Reading Office XML by local names: transitional and strict documents differ only in their namespaces.

value(child(cell, "tcPr", "gridSpan"))  ->  "2"
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

Element = ElementTree.Element


def local(element: Element) -> str:
    """The tag without its namespace: transitional and strict documents differ only there."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """An attribute whatever its namespace, "" if it is not there."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The first child with that tag, along a path of tags."""
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element


def named(element: Element | None, name: str) -> Iterator[Element]:
    """All descendants with that tag."""
    return (found for found in (element.iter() if element is not None else ()) if local(found) == name)
