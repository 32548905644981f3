"""/alias and the button 加别名: people's words for an item of the lexicon, effective at once, taken back by a button.

/alias 娃娃上学的钱=教育支出 -> ✓ “娃娃上学的钱”从现在起按“教育支出”理解   [撤销]
/alias                     -> the list, with a button to take each back, and the file
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from telegram import ForceReply, Message, Update

from bot.telegram.admin.keys import key, markup, split, turning
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.rights import person
from bot.telegram.admin.wording import when, who
from bot.telegram.answers import File
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sending import Place, place_of, say, send
from bot.telegram.services import Context, services_of
from bot.telegram.tables import page_of
from index import Alias, NotAdopted, Person, YusuanError

ASK_KIND: Final = "alias"
OFFER_KIND: Final = "alias_items"
_PER_PAGE: Final = 8
_OFFERED: Final = 8
_LONGEST: Final = 40
_QUOTES: Final = " \n“”\"'"
ASKED: Final = "请回复这条消息，写出人们用的那个词，例如：娃娃上学的钱"
USAGE: Final = "请写 词=科目，例如：/alias 娃娃上学的钱=教育支出"
EXPIRED: Final = "隔得太久了，请再来一次 /alias"


async def on_alias(update: Update, context: Context) -> None:
    """/alias, /alias 词=科目, /alias 词"""
    message = update.message
    if message is None or message.from_user is None:
        return
    text = " ".join(context.args or []).strip()
    if not text:
        aliases = await services_of(context).clerk.ask(lambda office: office.aliases())
        await send(context.bot, aliases_page(aliases, 0), place_of(message))
        return
    await _take(context, text, person(message.from_user), place_of(message))


async def on_reply(message: Message, context: Context, subject: str) -> None:
    """The word that was asked for."""
    if message.from_user is not None:
        await _take(context, message.text or "", person(message.from_user), place_of(message))


async def _take(context: Context, text: str, by: Person, place: Place) -> None:
    """词=科目 is done, 词 alone is answered with the items near to it."""
    word, equals, item = (part.strip(_QUOTES) for part in text.replace("＝", "=").partition("="))
    if not word or len(word) > _LONGEST or len(item) > _LONGEST or (equals and not item):
        await say(context.bot, USAGE, place)
        return
    if equals:
        await send(context.bot, await _added(context, word, item, by), place)
    else:
        await _offer(context, word, place)


async def _added(context: Context, word: str, item: str, by: Person) -> Page:
    """Add it; where the item is unknown, what is near to it stands in the sentence of the refusal."""
    try:
        alias = await services_of(context).clerk.ask(lambda office: office.add_alias(word, item, by))
    except NotAdopted as error:
        return Page(escaped(f"没有加上：{error}"))
    return added_page(alias)


async def _offer(context: Context, word: str, place: Place) -> None:
    services = services_of(context)
    items = (await services.clerk.ask(lambda office: office.items(word, _OFFERED)))[:_OFFERED]
    if not items:
        await say(context.bot, f"没有和“{word}”相近的科目，请写 /alias {word}=科目", place)
        return
    keys = [key(item, "alias_to", "", number) for number, item in enumerate(items)]
    words = f"“{word}”指哪个科目？点一个，或者写 /alias {word}=科目"
    page = Page(escaped(words), markup([*split(keys, 2), [key("取消", "cancel")]]))
    message = await send(context.bot, page, place)
    subject = json.dumps({"word": word, "items": items}, ensure_ascii=False)
    services.state.keep_prompt(place.chat, message, OFFER_KIND, subject)


async def ask_for_word(ordered: Ordered, question: str) -> int:
    """Ask for the word; the number of the message to be replied to."""
    place = ordered.place
    text = f"问题：{question[:200]}\n{ASKED}" if question else ASKED
    if place.chat < 0:
        return await say(ordered.bot, text, place)
    reply = ForceReply(input_field_placeholder="娃娃上学的钱")
    return (await ordered.bot.send_message(place.chat, text, reply_markup=reply)).message_id


# ---------------------------------------------------------------------------------------------- buttons


async def choose(ordered: Ordered) -> Outcome:
    """One of the items that were offered for a word."""
    prompt = ordered.services.state.prompt(ordered.spot.chat, ordered.spot.message)
    if prompt is None or prompt[0] != OFFER_KIND:
        return Outcome(EXPIRED, alert=True)
    about = json.loads(prompt[1])
    if ordered.order.page >= len(about["items"]):
        return Outcome(EXPIRED, alert=True)
    page = await _added(ordered.context, about["word"], about["items"][ordered.order.page], ordered.by)
    return Outcome(page=page)


async def undo(ordered: Ordered) -> Outcome:
    """Take one back, under the message that said it was added."""
    line, alias = await _removed(ordered)
    return Outcome(line, page=Page(f"<b>{escaped(line)}</b>")) if alias else Outcome(line, alert=True)


async def remove(ordered: Ordered) -> Outcome:
    """Take one back, in the list."""
    line, alias = await _removed(ordered)
    if alias is None:
        return Outcome(line, alert=True)
    aliases = await ordered.services.clerk.ask(lambda office: office.aliases())
    return Outcome(line, page=aliases_page(aliases, ordered.order.page))


async def _removed(ordered: Ordered) -> tuple[str, Alias | None]:
    aliases = await ordered.services.clerk.ask(lambda office: office.aliases())
    alias = next((one for one in aliases if mark(one) == ordered.order.about), None)
    if alias is None:
        return "这个别名已经不在了", None
    try:
        await ordered.services.clerk.ask(lambda office: office.remove_alias(alias.word, ordered.by))
    except YusuanError as error:
        return str(error)[:200], None
    return f"已撤销别名“{alias.word}”"[:200], alias


async def turn(ordered: Ordered) -> Outcome:
    """Another page of the list."""
    aliases = await ordered.services.clerk.ask(lambda office: office.aliases())
    return Outcome(page=aliases_page(aliases, ordered.order.page))


async def send_list(ordered: Ordered) -> Outcome:
    """All of them as a file of the lexicon's format."""
    content = await ordered.services.clerk.ask(lambda office: office.aliases_csv())
    return Outcome("已发送", file=File("别名.csv", content.encode("utf-8-sig")))


# ---------------------------------------------------------------------------------------------- pages


def mark(alias: Alias) -> str:
    """Tells an alias in a button."""
    return hashlib.blake2b(f"{alias.word}\0{alias.key}".encode(), digest_size=8).hexdigest()


def added_page(alias: Alias) -> Page:
    """It is effective now."""
    text = f"<b>✓ “{escaped(alias.word)}”从现在起按“{escaped(alias.item)}”理解</b>"
    return Page(text, markup([[key("撤销", "alias_undo", mark(alias))]]))


def aliases_page(aliases: Sequence[Alias], page: int) -> Page:
    """A page of the list."""
    if not aliases:
        return Page(f"还没有别名。{USAGE}")
    shown, page, pages = page_of(aliases, page, _PER_PAGE)
    blocks = [f"<b>别名 {len(aliases)} 个</b>"]
    keys = []
    for number, one in enumerate(shown, page * _PER_PAGE + 1):
        blocks.append(f"{number}. {escaped(one.word)} → {escaped(one.item)}（{escaped(who(one.by))} {when(one.at)}）")
        keys.append(key(f"撤销 {number}", "alias_drop", mark(one), page))
    blocks.append("再加一个：/alias 词=科目")
    rows = [*split(keys, 4), *turning("aliases", "", page, pages), [key("导出", "alias_file")]]
    return Page(joined(blocks), markup(rows))
