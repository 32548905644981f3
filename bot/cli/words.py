"""``yusuan alias``: words of askers for items of the lexicon."""

from __future__ import annotations

import argparse
import sys

from bot.cli.office import office_of
from bot.cli.output import complain, operator, say, say_json
from bot.settings import Settings

ACTIONS = ("list", "add", "remove", "export")
_WANTED = {
    "list": (0, "yusuan alias list"),
    "add": (2, "yusuan alias add 词 科目"),
    "remove": (1, "yusuan alias remove 词"),
    "export": (0, "yusuan alias export"),
}


def alias(arguments: argparse.Namespace, settings: Settings) -> int:
    """List, add, remove or export aliases."""
    count, usage = _WANTED[arguments.action]
    if len(arguments.words) != count:
        return complain(f"用法：{usage}", 2)
    with office_of(arguments, settings) as office:
        if arguments.action == "export":
            sys.stdout.write(office.aliases_csv())
            return 0
        if arguments.action == "add":
            word, item = arguments.words
            aliases = [office.add_alias(word, item, operator())]
        elif arguments.action == "remove":
            aliases = [office.remove_alias(arguments.words[0], operator())]
        else:
            aliases = office.aliases()
    if arguments.json:
        say_json(aliases)
        return 0
    done = {"add": "已添加：", "remove": "已撤销："}.get(arguments.action, "")
    say(
        (f"{done}{one.word} → {one.item}（{one.by.name}，{one.at[:10]}）" for one in aliases),
        "还没有添加过叫法",
    )
    return 0
