"""HTML as Telegram parses it: ``parse("<b>5.69</b> 亿元")`` -> ``("5.69 亿元", [{"type": "bold", "offset": 0, …}])``.

Refuses with ``can't parse entities`` what Telegram refuses, and also what it would silently drop: tags inside ``code``
and ``pre``, code inside bold and the like, a quote inside a quote.  Offsets are UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.standin.refusal import Refused, bad
from tests.standin.spoken import units
from tests.standin.state import Json

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
}  # fmt: skip
STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
MONOSPACE = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
ATTRIBUTES = {"span": {"class"}, "code": {"class"}, "a": {"href"}, "blockquote": {"expandable"}}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>")
ATTRIBUTE = re.compile(r"""\s+([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?""")
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));")


@dataclass(slots=True)
class Open:
    """A tag that waits for its end."""

    name: str
    kind: str
    start: int
    more: Json = field(default_factory=dict)


def unparsable(text: str) -> Refused:
    """400, as for every fault of the markup."""
    return bad(f"can't parse entities: {text}")


def parse(source: str, mode: str | None = "HTML") -> tuple[str, list[Json]]:
    """Text and entities of a source; without a mode the text as it is."""
    if not mode:
        return trimmed(source.replace("\r", ""), [])
    if mode.lower() != "html":
        raise bad(f'unsupported parse_mode "{mode}" (the stand-in reads HTML only)')
    parser = _Parser(source.replace("\r", ""))
    return trimmed(parser.text(), parser.entities)


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.length = 0
        self.open: list[Open] = []
        self.entities: list[Json] = []

    def text(self) -> str:
        """Run through the source once."""
        place = 0
        while place < len(self.source):
            found = self.source.find("<", place)
            self.say(self.source[place : len(self.source) if found < 0 else found])
            if found < 0:
                break
            match = TAG.match(self.source, found)
            if match is None:
                raise unparsable(f'Unsupported start tag "{self.source[found + 1 : found + 9]}" {self.at(found)}')
            (self.close if match["end"] else self.begin)(match)
            place = match.end()
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.out)

    def at(self, place: int) -> str:
        return f"at byte offset {len(self.source[:place].encode())}"

    def say(self, piece: str) -> None:
        plain = REFERENCE.sub(_character, piece)
        self.out.append(plain)
        self.length += units(plain)

    def begin(self, match: re.Match[str]) -> None:
        name = match["name"].lower()
        if name not in SIMPLE or match["rest"].rstrip().endswith("/"):
            raise unparsable(f'Unsupported start tag "{name}" {self.at(match.start())}')
        attributes = self.attributes(name, match)
        kind, more = SIMPLE[name], {}
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" {self.at(match.start())}')
        if name == "a":
            more = {"url": attributes.get("href", "")}
        if name == "blockquote" and "expandable" in attributes:
            kind = "expandable_blockquote"
        if name == "code" and attributes.get("class", "").startswith("language-"):
            more = {"language": attributes["class"].removeprefix("language-")}
        self.nesting(kind, match)
        self.open.append(Open(name, kind, self.length, more))

    def attributes(self, name: str, match: re.Match[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        rest, place = match["rest"].rstrip(), 0
        while place < len(rest):
            one = ATTRIBUTE.match(rest, place)
            if one is None:
                raise unparsable(f'Expected attribute in the tag "{name}" {self.at(match.start())}')
            found[one[1].lower()] = REFERENCE.sub(_character, one[2] or one[3] or one[4] or "")
            place = one.end()
        if unknown := set(found) - ATTRIBUTES.get(name, set()):
            raise unparsable(f'Unsupported attribute {sorted(unknown)[0]} in the tag "{name}" (stand-in)')
        return found

    def nesting(self, kind: str, match: re.Match[str]) -> None:
        outer = [tag.kind for tag in self.open]
        if kind == "code" and outer and self.open[-1].kind == "pre" and self.open[-1].start == self.length:
            return
        if (
            MONOSPACE & set(outer)
            or (kind in MONOSPACE and STYLES & set(outer))
            or (kind in QUOTES and QUOTES & set(outer))
        ):
            raise unparsable(f"{kind} may not stand inside {outer[-1]} {self.at(match.start())} (stand-in)")

    def close(self, match: re.Match[str]) -> None:
        name = match["name"].lower()
        if not self.open:
            raise unparsable(f"Unexpected end tag {self.at(match.start())}")
        if match["rest"].strip() or self.open[-1].name != name:
            expected = f'expected "</{self.open[-1].name}>", found "</{name}>"'
            raise unparsable(f"Unmatched end tag {self.at(match.start())}, {expected}")
        tag = self.open.pop()
        length = self.length - tag.start
        if tag.kind == "code" and self.open and self.open[-1].kind == "pre":
            self.open[-1].more = tag.more
        elif length and (tag.kind != "text_link" or tag.more["url"]):
            if tag.kind == "code":
                tag.more = {}
            self.entities.append({"type": tag.kind, "offset": tag.start, "length": length, **tag.more})


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]


def given(text: str, listed: list[Json]) -> tuple[str, list[Json]]:
    """Entities the bot computed itself: they must lie within the text and not cut a surrogate pair in two."""
    edges, place = {0}, 0
    for character in text:
        place += units(character)
        edges.add(place)
    for entity in listed:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["length"] <= 0 or start not in edges or end not in edges:
            raise bad(f"entity {entity['type']} at {start}–{end} does not fit the text of {place} UTF-16 units")
    return trimmed(text, listed)


def trimmed(text: str, listed: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, as Telegram stores it; entities by place, the longer first."""
    lead = units(text) - units(text.lstrip())
    short = text.strip()
    last, found = units(short), []
    for entity in listed:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, last)
        if end > start:
            found.append({**entity, "offset": start, "length": end - start})
    return short, sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))
