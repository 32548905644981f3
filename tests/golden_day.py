"""A working day in a finance bureau: what officials write to the bot and what they read, as files to be read by people.

    python -m tests.golden_day [SCENE…]    writes tests/golden/day/*.txt anew; read the difference before you keep it

A file is one scene; a line of a scene is who, how and what (``Step``).  All of it goes through the strict stand-in.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.day_scenes import FIRST, GROUP, TOPICS
from tests.fourth_day_scenes import FOURTH
from tests.golden_cards import GOLDEN, without_numbers
from tests.second_day_scenes import SECOND
from tests.standin.people import User
from tests.standin.shown import Shown
from tests.standin.world import World
from tests.third_day_scenes import THIRD

FOLDER: Final = GOLDEN / "day"
SCENES: Final = {**FIRST, **SECOND, **THIRD, **FOURTH}
ADMIN: Final = "王"
REPORT: Final = (
    "南湖区2023年财政决算报告\n一、一般公共预算\n"
    "2023年，东山市南湖区一般公共预算收入完成 43210 万元，比上年增长 5.2%。\n"
    "教育支出 12345 万元，完成预算的 98.1%。\n"
)
CHECKED: Final = (
    "上党区2025年财政预算执行情况的报告\n一、一般公共预算收支情况\n"
    "2025年，全区一般公共预算收入完成53400万元，为年度预算60000万元的79.5%。\n"
    "全区农林水支出完成8120万元，增长3.1%。\n二、重点支出情况\n全区农林水支出完成8210万元，主要用于乡村振兴。\n"
)
NAMES: Final = ("安娜", "鲍里斯", ADMIN)


@dataclass
class Day:
    """The people, the group, and the last message of the bot in each place."""

    world: World
    people: dict[str, User]
    group: Any
    last: dict[str, Shown]
    said: dict[str, Shown]


def opened(world: World) -> Day:
    """The morning: everybody is there."""
    people = {name: world.user(name) for name in NAMES}
    group = world.group(GROUP, [people["安娜"], people["鲍里斯"]], topics=TOPICS)
    return Day(world, people, group, {}, {})


def scene(day: Day, steps: str) -> str:
    """The transcript of a scene."""
    lines: list[str] = []
    for number, line in enumerate(steps.strip().split("\n"), 1):
        if not line.strip():
            day.last.clear()
            continue
        who, how, what = _parsed(line)
        lines += [f"{number:02}. {line.strip()}", *_indented(_done(day, who, how, what)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _parsed(line: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(\S+?)(?:\s+(\S+))?：(.*)", line.strip())
    assert found, line
    return found[1], found[2] or "说", found[3].replace("\\n", "\n")


def _done(day: Day, who: str, how: str, what: str) -> str:
    """What the bot does on one step."""
    before = {(one.chat_id, one.id): one.version for one in day.world.bot_messages()}
    user, place = day.people[who], day.last.get(who)
    told = _HOW[how](day, user, what, place)
    day.world.idle()
    changed = [one for one in day.world.bot_messages() if before.get((one.chat_id, one.id), -1) != one.version]
    if changed:
        day.last[who] = next((one for one in reversed(changed) if one.labels), changed[-1])
    texts = [told, *(_shown(one, (one.chat_id, one.id) in before) for one in changed)]
    return "\n".join(text for text in texts if text) or "（不回）"


def _shown(one: Shown, edited: bool) -> str:
    head = "［改］" if edited else ""
    body = f"［文件 {one.file_name}］{one.text}" if one.file_name else one.text
    rows = ["  ".join(f"[{label}]" for label in row) for row in one.labels]
    return "\n".join([head + body, *rows])


def _indented(text: str) -> list[str]:
    text = re.sub(r"（编号 [^）]+）", "（编号 N）", without_numbers(text))
    text = re.sub(r"\d+月\d+日 \d\d:\d\d|\b\d\d-\d\d\b(?= )", "DATE", text)
    text = re.sub(r"[\d.]+ (?:毫秒|秒)", "N 毫秒", text)
    text = re.sub(r"索引文件 [\d.]+ MB", "索引文件 N MB", text)
    return [f"    {line}".rstrip() for line in text.split("\n")]


# ---------------------------------------------------------------------------------------------- ways of saying it


def _say(day: Day, user: User, what: str, _: Shown | None) -> str:
    day.said[user.name] = user.send(what)
    return ""


def _in_group(day: Day, user: User, what: str, _: Shown | None) -> str:
    day.said[GROUP] = user.send(what, day.group)
    return ""


def _in_topic(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.send(what, day.group.topic(TOPICS[0]))
    return ""


def _reply(day: Day, user: User, what: str, _: Shown | None) -> str:
    """To the last message of the bot in the group, whoever asked."""
    cards = [one for one in day.world.bot_messages() if one.chat_id == day.group.chat.id and not one.file_name]
    user.send(what, reply_to=cards[-1])
    return ""


def _reply_to_colleague(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.send(what, reply_to=day.said[GROUP])
    return ""


def _press(day: Day, user: User, what: str, place: Shown | None) -> str:
    assert place is not None, what
    return f"（提示）{text}" if (text := user.press(place, what).text) else ""


def _edit(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.edit(day.said[user.name], what)
    return ""


def _inline(day: Day, user: User, what: str, _: Shown | None) -> str:
    typed = user.inline(what)
    found = [f"（结果）{one['title']}｜{one.get('description', '')}" for one in typed.results]
    return "\n".join(found or [f"（无结果）{(typed.button or {}).get('text', '')}"])


def _photo(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.photo(b"\x89PNG", caption=what)
    return ""


def _photo_in_group(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.photo(b"\x89PNG", day.group, caption=what)
    return ""


def _file(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.upload("表.xlsx", b"x", caption=what)
    return ""


def _as_guest(_: Day, user: User, what: str, __: Shown | None) -> str:
    """In a chat that the bot is no member of."""
    answer = user.summon(what)
    return _shown(answer, False) if answer else ""


def _voice(day: Day, user: User, _: str, __: Shown | None) -> str:
    user.voice()
    return ""


def _report(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.upload(what, REPORT.encode())
    day.world.wait(lambda: any("数据点" in one.text for one in day.world.bot_messages()), "the report was read")
    return ""


def _check(day: Day, user: User, what: str, _: Shown | None) -> str:
    user.upload(what, CHECKED.encode(), caption="核对")
    day.world.wait(lambda: any(one.text.startswith("核对 ") for one in day.world.bot_messages()), "it was checked")
    return ""


_HOW: Final[dict[str, Callable[[Day, User, str, Shown | None], str]]] = {
    "说": _say, "群": _in_group, "话题": _in_topic, "回": _reply, "回同事": _reply_to_colleague, "按": _press,
    "改": _edit, "行内": _inline, "图": _photo, "群图": _photo_in_group, "文件": _file, "语音": _voice, "报告": _report,
    "核对": _check, "作客": _as_guest,
}  # fmt: skip


def played(world: World, samples: Path, place: Path, name: str) -> str:
    """A scene played by a bot of its own, on a copy of the samples."""
    from tests.telegram_bot import running

    db = place / "index.db"
    shutil.copytree(samples.parent, place, dirs_exist_ok=True)
    day = opened(world)
    admins = frozenset({day.people[ADMIN].id})
    with running(world, db, state=place / "chats.db", admins=admins, reports=place / "reports"):
        return scene(day, SCENES[name])


def write(folder: Path, only: Sequence[str] = ()) -> None:
    """All files anew; ``only`` those of these scenes."""
    from tests.telegram_bot import load_samples

    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as kept:
        samples = load_samples(Path(kept))
        for name in only or SCENES:
            with tempfile.TemporaryDirectory() as place, World() as world:
                text = played(world, samples, Path(place), name)
                assert not world.refusals(), world.refusals()
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER, sys.argv[1:])
