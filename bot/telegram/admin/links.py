"""/link: the public page of a report, which stands under the answers from it.

/link 上党区2023年决算.pdf https://… -> ✓ 上党区2023年决算.pdf 的公开网页记下了       without the address: taken away
"""

from __future__ import annotations

from typing import Final

from telegram import Update

from bot.telegram.admin.rights import person
from bot.telegram.page import Page, escaped
from bot.telegram.sending import place_of, send
from bot.telegram.services import Context, services_of
from index import YusuanError

USAGE: Final = "请写 文件名 网址，例如：/link 上党区2023年决算.pdf https://…；文件名见 /reports，只写文件名就是去掉"


async def on_link(update: Update, context: Context) -> None:
    """/link 文件名 网址"""
    message = update.message
    if message is None or message.from_user is None:
        return
    words = list(context.args or [])
    url = words.pop() if words and "://" in words[-1] else ""
    name, by = " ".join(words), person(message.from_user)
    told = USAGE
    if name:
        try:
            await services_of(context).clerk.ask(lambda office: office.link(name, url, by))
            told = f"✓ {name} 的公开网页{'记下了' if url else '去掉了'}"
        except YusuanError as error:
            told = f"没有记下：{error}"
    await send(context.bot, Page(escaped(told)), place_of(message))
