"""改地区/年份: a message asks for the place and the year, by a button or by a reply, and the files are read anew.

[改地区/年份] -> 改成哪个地区、哪一年？ -> reply 上党区 2023 -> the new report, with its buttons
"""

from __future__ import annotations

import json
import re
from typing import Final

from telegram import ForceReply, Message

from bot.telegram.admin.decide import NOT_THERE, find, settled
from bot.telegram.admin.draft_page import decided_page, draft_page
from bot.telegram.admin.intake import send_changes
from bot.telegram.admin.keys import key, markup, split
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.progress import Progress
from bot.telegram.admin.rights import person
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped
from bot.telegram.sending import Place, Spot, edit, place_of, say, send
from bot.telegram.services import Context, services_of
from index import Draft, Person, YusuanError

KIND: Final = "revise"
ASKED: Final = "改成哪个地区、哪一年？请回复这条消息，例如：上党区 2023（只改一样就只写一样）"
ASKED_OR_TAP: Final = "改成哪个地区、哪一年？点一个，或者回复这条消息写明，例如：上党区 2023"
NOT_READ: Final = "没看懂。请写地区、年份或两样都写，例如：上党区 2023"
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*年?(?:度)?", re.ASCII)
_LONGEST: Final = 40
_MOST_CHOICES: Final = 8


async def ask(ordered: Ordered) -> Outcome:
    """Ask for place and year."""
    draft = await find(ordered, ordered.order.about)
    if draft is None:
        return Outcome(NOT_THERE, alert=True)
    if (decided := settled(ordered, draft)) is not None:
        return decided
    choices = _choices(draft)
    place = ordered.place
    if choices:
        keys = [key(name, "region", draft.id, number) for number, name in enumerate(choices)]
        message = await send(ordered.bot, Page(ASKED_OR_TAP, markup(split(keys, 2))), place)
    elif place.chat > 0:
        sent = await ordered.bot.send_message(
            place.chat, ASKED, reply_markup=ForceReply(input_field_placeholder="上党区 2023")
        )
        message = sent.message_id
    else:
        message = await say(ordered.bot, ASKED, place)
    subject = json.dumps({"draft": draft.id, "card": ordered.spot.message})
    ordered.services.state.keep_prompt(place.chat, message, KIND, subject)
    return Outcome()


async def choose(ordered: Ordered) -> Outcome:
    """One of the places that bear the report's name."""
    draft = await find(ordered, ordered.order.about)
    if draft is None or ordered.order.page >= len(_choices(draft)):
        return Outcome(NOT_THERE, alert=True)
    if (decided := settled(ordered, draft)) is not None:
        return decided
    region = _choices(draft)[ordered.order.page]
    prompt = ordered.services.state.prompt(ordered.spot.chat, ordered.spot.message)
    card = int(json.loads(prompt[1])["card"]) if prompt and prompt[0] == KIND else 0
    ordered.later(_revise(ordered.context, draft, (region, None), ordered.by, card, ordered.place))
    return Outcome(f"改为{region}"[:200])


async def on_reply(message: Message, context: Context, subject: str) -> None:
    """The reply that names place and year."""
    services, place = services_of(context), place_of(message)
    about = json.loads(subject)
    wanted = read(message.text or "")
    if wanted is None:
        await say(context.bot, NOT_READ, place)
        return
    draft = await services.clerk.ask(lambda office: office.draft(str(about["draft"])))
    if draft is None or draft.state != "open" or draft.id in services.work.deciding:
        await say(context.bot, NOT_THERE, place)
        return
    assert message.from_user is not None
    work = _revise(context, draft, wanted, person(message.from_user), int(about["card"]), place)
    context.application.create_task(work)


def read(text: str) -> tuple[str | None, int | None] | None:
    """上党区 2023 -> ("上党区", 2023); None if it is neither."""
    found = _YEAR.search(text)
    region = re.sub(r"[\s,，、;；:：。.？?！!]+", "", _YEAR.sub(" ", text, count=1))
    if len(region) > _LONGEST or not (found or region) or "/" in region:
        return None
    return region or None, int(found[1]) if found else None


async def _revise(
    context: Context, draft: Draft, wanted: tuple[str | None, int | None], by: Person, card: int, place: Place
) -> None:
    """Read the files anew; the new report stands below, the old one says so."""
    services, bot = services_of(context), context.bot
    message = await send(bot, Page("正在重新读……"), place)
    spot = Spot(place.chat, message)
    region, year = wanted
    try:
        async with Progress(bot, spot, "正在重新读", services.pace.progress):
            fresh = await services.clerk.run(lambda office: office.revise(draft.id, by, region=region, year=year))
    except YusuanError as error:
        await edit(bot, Page(escaped(str(error))), spot)
        return
    except Exception:
        await edit(bot, Page("没有改成，程序出了问题。"), spot)
        raise
    await edit(bot, draft_page(fresh), spot)
    await _retire(context, draft, card, place)
    await send_changes(bot, fresh, services, place)


async def _retire(context: Context, draft: Draft, card: int, place: Place) -> None:
    if card:
        await edit(context.bot, decided_page(draft, "地区或年份已改，请看下面新的一条"), Spot(place.chat, card))


def _choices(draft: Draft) -> list[str]:
    """Places that bear the name a report uses."""
    return list(dict.fromkeys(name for file in draft.files for name in file.choices))[:_MOST_CHOICES]
