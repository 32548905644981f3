"""Rich messages (Bot API 10.1): ``plain("<p>教育<b>支出</b></p>")`` gives ``"教育支出"``; rows and blocks are lines.

Only the balance of the tags is checked: which tags a client draws is not the stand-in's business.
"""

from __future__ import annotations

from html.parser import HTMLParser

from tests.standin.refusal import bad

VOID = frozenset({"br", "hr", "img", "col", "wbr"})
LINES = frozenset(
    {"p", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "details", "summary", "pre"}
)
CELLS = frozenset({"td", "th"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.out.append("\n")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            raise bad(f"can't parse entities: tag {tag} may not close itself (stand-in)")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise bad(f'can\'t parse entities: Unexpected end tag "{tag}"')
        self.out.append("\n" if tag in LINES else "\t" if tag in CELLS else "")

    def handle_data(self, data: str) -> None:
        self.out.append(data)


def plain(source: str) -> str:
    """The text between the tags; 400 where they do not pair."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    if reader.open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{reader.open[-1]}\"")
    lines = (line.strip() for line in "".join(reader.out).splitlines())
    return "\n".join(line for line in lines if line)
