"""How the figures of reports are filed: per report the share with a key, and the keys that have two values.

    python bench/filing.py ../shared/reports        (``make score`` runs it; --show N lists that many of the keys)

Two values for one key in one document are a sign of a misreading before they are one of a contradiction: this list is
for reading by eye, and is to shrink.  Nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from index.contradictions import Contradiction, doubled_keys
from index.errors import UnreadableFile
from index.models import Parsed
from index.parse import parse
from index.read import read_documents
from index.read.reader import Reader


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each report and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("reports", type=Path, nargs="+", help="files or folders")
    parser.add_argument("--show", type=int, default=0, help="how many doubled keys of each report to list")
    arguments = parser.parse_args(argv)
    facts = keyed = doubled = 0
    for parsed in _parsed(arguments.reports):
        pairs = doubled_keys(parsed.facts)
        facts += len(parsed.facts)
        keyed += sum(bool(fact.key) for fact in parsed.facts)
        doubled += len(pairs)
        print(_line(parsed, len(pairs)))
        for pair in pairs[: arguments.show]:
            print(f"    {_pair(pair)}")
    print(f"合计：数据点 {facts}，有科目编号 {keyed / max(1, facts):.1%}，一号两值 {doubled}")
    return 0


def _parsed(paths: Sequence[Path]) -> Iterator[Parsed]:
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    with closing(Reader()) as reader:
        for file in files:
            if not file.is_file():
                continue
            try:
                yield from (parse(document) for document in read_documents(file, reader))
            except UnreadableFile as error:
                print(f"{file.name}：{error}", file=sys.stderr)


def _line(parsed: Parsed, doubled: int) -> str:
    facts = parsed.facts
    keyed = sum(bool(fact.key) for fact in facts) / max(1, len(facts))
    flags = [flag for fact in facts for flag in fact.flags]
    return (
        f"{parsed.document.name}：数据点 {len(facts)}，有科目编号 {keyed:.0%}，一号两值 {doubled}，"
        f"对不上 {flags.count('unsettled')}，单位未核实 {flags.count('unit_unsure')}，未读懂 {len(parsed.missed)}"
    )


def _pair(pair: Contradiction) -> str:
    one, other = pair.first, pair.second
    place = f"{one.region} {one.scope or '-'} {one.period.text} {one.item}[{one.key}] {one.measure}"
    return f"{place}：{one.value}{one.unit}（{one.rule}）与 {other.value}{other.unit}（{other.rule}）"


if __name__ == "__main__":
    sys.exit(main())
