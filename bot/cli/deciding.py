"""New reports looked at, adopted or dropped; versions and the way back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.office import draft_lines, gold_lines, office_of, version_line
from bot.cli.output import operator, say, say_json
from bot.settings import Settings

if TYPE_CHECKING:
    from index import Draft, Version

ANY_GOLD = "*"  # whatever the gold questions say


def preview(arguments: argparse.Namespace, settings: Settings) -> int:
    """Tell what loading would change; nothing does."""
    with office_of(arguments, settings) as office:
        bar = _Progress()
        paths = [Path(path) for path in arguments.paths]
        draft = office.preview(paths, operator(), arguments.region, arguments.year, bar.show)
        bar.clear()
    show_draft(draft, arguments)
    return 1 if any(report.status == "failed" for report in draft.files) else 0


def reload(arguments: argparse.Namespace, settings: Settings) -> int:
    """Tell what bringing the index in line with the reports folder would change."""
    with office_of(arguments, settings) as office:
        bar = _Progress()
        draft = office.rescan(operator(), bar.show)
        bar.clear()
        if draft.is_empty:
            office.drop(draft.id, operator())
    if draft.is_empty and not arguments.json:
        notes = [f"{Path(file.file).name}：{text}" for file in draft.files for text in (file.error, *file.warnings)]
        say([*(note for note in notes if not note.endswith("：")), "报告文件夹与索引一致，没有要改的"])
    else:
        show_draft(draft, arguments)
    return 1 if any(report.status == "failed" for report in draft.files) else 0


def adopt(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the next version from a draft."""
    from index import GoldChanged

    with office_of(arguments, settings) as office:
        bar = _Progress()
        try:
            version = office.adopt(arguments.id, operator(), bar.show, ANY_GOLD if arguments.despite_gold else "")
        except GoldChanged as error:
            bar.clear()
            for line in gold_lines(error, f"yusuan adopt {arguments.id}"):
                print(line, file=sys.stderr)
            return 1
        bar.clear()
        proposal = office.proposal(version.number)
    _show_version(version, arguments)
    if proposal is not None and not arguments.json:
        say([f"不顾金标采用已记入操作记录；金标文件要改的行：{proposal}"])
    return 0


def drop(arguments: argparse.Namespace, settings: Settings) -> int:
    """Decide against a draft."""
    with office_of(arguments, settings) as office:
        office.drop(arguments.id, operator())
    say(["已放弃，索引没有改变"])
    return 0


def versions(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the kept versions."""
    with office_of(arguments, settings) as office:
        kept = office.versions()
    if arguments.json:
        say_json(kept)
    else:
        say(map(version_line, kept), "还没有索引")
    return 0


def rollback(arguments: argparse.Namespace, settings: Settings) -> int:
    """Return to a kept version."""
    with office_of(arguments, settings) as office:
        version = office.rollback(arguments.number, operator())
    _show_version(version, arguments)
    return 0


def show_draft(draft: Draft, arguments: argparse.Namespace) -> None:
    """A draft as lines, or as one line of JSON."""
    if arguments.json:
        say_json([draft])
    else:
        say(draft_lines(draft, verbose=arguments.verbose))


def _show_version(version: Version, arguments: argparse.Namespace) -> None:
    if arguments.json:
        say_json([version])
    else:
        say([version_line(version)])


class _Progress:
    """How many files are done, on a terminal."""

    def __init__(self) -> None:
        from bot.terminal import ProgressBar

        self._bar = ProgressBar(sys.stderr)

    def show(self, done: int, total: int) -> None:
        """Draw over the line that stands there."""
        self._bar.show(done, total, "")

    def clear(self) -> None:
        """Make room for a line of output."""
        self._bar.clear()
