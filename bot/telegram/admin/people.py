"""/users, /allow, /deny: who may ask and who looks after the index.

/allow 1002        lets a person ask, where the bot is open to listed people only; lifts a denial
/allow 1002 admin  makes an admin (owners only)
/deny 1002         keeps a person out, whatever the lists say (owners cannot be denied, admins only by owners)
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Update
from telegram.error import TelegramError

from bot.telegram.access import ROLE_NAMES, Access, Role
from bot.telegram.admin.keys import markup, turning
from bot.telegram.admin.menu import refresh
from bot.telegram.admin.orders import Ordered
from bot.telegram.admin.rights import person
from bot.telegram.outcome import Outcome
from bot.telegram.page import Page, escaped, joined
from bot.telegram.sending import place_of, say, send
from bot.telegram.services import Bot, Context, Services, services_of
from bot.telegram.tables import page_of

_PER_PAGE: Final = 10
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_ORDER: Final[tuple[Role, ...]] = ("owner", "admin", "asker", "denied")
ALLOW_USAGE: Final = (
    "请写用户编号，例如：/allow 1002；指定管理员：/allow 1002 admin。名单外的人给我发消息，会看到自己的编号。"
)
DENY_USAGE: Final = "请写用户编号，例如：/deny 1002"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody with a role; ``name`` is "" where Telegram tells none."""

    id: int
    role: Role
    name: str = ""


async def on_users(update: Update, context: Context) -> None:
    """/users"""
    if update.message is not None:
        page = await _page(services_of(context), context.bot, 0)
        await send(context.bot, page, place_of(update.message))


async def turn(ordered: Ordered) -> Outcome:
    """Another page."""
    return Outcome(page=await _page(ordered.services, ordered.bot, ordered.order.page))


async def on_allow(update: Update, context: Context) -> None:
    """/allow 1002 [admin], or as a reply to somebody's message: /allow [admin]"""
    await _change(update, context, "allow")


async def on_deny(update: Update, context: Context) -> None:
    """/deny 1002, or as a reply to somebody's message"""
    await _change(update, context, "deny")


async def _change(update: Update, context: Context, verb: str) -> None:
    message = update.message
    if message is None or message.from_user is None:
        return
    services, place = services_of(context), place_of(message)
    words = list(context.args or [])
    admin = verb == "allow" and bool(words) and words[-1].lower() in ("admin", "管理员")
    numbers = words[:-1] if admin else words
    reply = message.reply_to_message
    if not numbers and reply is not None and reply.from_user is not None and not reply.from_user.is_bot:
        numbers = [str(reply.from_user.id)]
    if len(numbers) != 1 or not _NUMBER.fullmatch(numbers[0]):
        await say(context.bot, ALLOW_USAGE if verb == "allow" else DENY_USAGE, place)
        return
    user, by = int(numbers[0]), person(message.from_user)
    before = services.access.role(user)
    wanted = "denied" if verb == "deny" else "admin" if admin else "asker"
    refusal = refused(services.access, by.id, user, wanted)
    if refusal:
        if "只有机主" in refusal:
            services.clerk.note_refused(by, f"/{verb}", " ".join([str(user), *words[-1:]][: 1 + admin]))
        await say(context.bot, refusal, place)
        return
    kept = services.state.role(user)
    listed = wanted == "asker" and (services.access.open or user in services.access.users)
    services.state.set_role(user, "" if listed else wanted, by.id)
    after = services.access.role(user)
    action = f"/{verb}"
    await services.clerk.ask(lambda office: office.note(by, action, str(user), ROLE_NAMES[before], ROLE_NAMES[after]))
    if after == "denied":
        services.state.unwatch(user)
    await refresh(context.bot, services, user)
    await say(context.bot, told(user, before, after, services.access, was_denied=kept == "denied"), place)


def refused(access: Access, by: int, user: int, wanted: str) -> str:
    """Why somebody may not be given this role; "" if he may."""
    role, owner = access.role(user), access.role(by) == "owner"
    if role == "owner":
        return "机主由设置决定，不能在这里改。"
    if wanted == "admin" and not owner:
        return "只有机主能指定管理员。"
    if role == "admin" and wanted == "denied" and not owner:
        return "只有机主能禁用管理员。"
    if role == "admin" and wanted == "asker":
        return "对方已经是管理员，本来就可以提问。要取消管理员，请先 /deny 再 /allow。"
    if user in access.admins and access.kept(user) == "denied" and not owner:
        return "只有机主能恢复管理员。"
    return ""


def told(user: int, before: Role, after: Role, access: Access, *, was_denied: bool) -> str:
    """What became of it."""
    if before == after:
        everyone = "，机器人现在对所有人开放" if after == "asker" and access.open else ""
        return f"{user} 本来就是{ROLE_NAMES[after]}{everyone}。"
    if after == "denied":
        return f"✓ 已禁用 {user}，原来是{ROLE_NAMES[before]}。恢复：/allow {user}"
    lifted = "，不再禁用" if was_denied else ""
    return f"✓ {user} 现在是{ROLE_NAMES[after]}{lifted}。"


# ---------------------------------------------------------------------------------------------- the list


async def _page(services: Services, bot: Bot, page: int) -> Page:
    everyone = listed(services)
    shown, page, _ = page_of(everyone, page, _PER_PAGE)
    names = await asyncio.gather(*(_name(bot, one.id) for one in shown))
    named = {one.id: name for one, name in zip(shown, names, strict=True)}
    everyone = [Listed(one.id, one.role, named.get(one.id, "")) for one in everyone]
    chats = sorted(services.access.chats), sorted(services.access.admin_chats)
    return users_page(everyone, page, services.access.open, *chats)


def listed(services: Services) -> list[Listed]:
    """Everybody with a role, owners first."""
    access = services.access
    ids = {*access.owners, *access.admins, *access.users, *(one.user for one in services.state.people())}
    found = [Listed(id, access.role(id)) for id in ids]
    return sorted((one for one in found if one.role in _ORDER), key=lambda one: (_ORDER.index(one.role), one.id))


async def _name(bot: Bot, user: int) -> str:
    """What Telegram calls somebody who has spoken with the bot."""
    try:
        return (await bot.get_chat(user)).full_name or ""
    except TelegramError:
        return ""


def users_page(
    everyone: Sequence[Listed], page: int, is_open: bool, chats: Sequence[int] = (), admin_chats: Sequence[int] = ()
) -> Page:
    """A page of the list."""
    shown, page, pages = page_of(everyone, page, _PER_PAGE)
    blocks = ["<b>机器人对所有人开放</b>" if is_open else "<b>只有名单里的人可以提问</b>"]
    role = ""
    for one in shown:
        if one.role != role:
            role = one.role
            blocks.append(f"<b>{ROLE_NAMES[one.role]}</b>（{sum(other.role == one.role for other in everyone)} 人）")
        blocks.append(f"· {escaped(one.name or '（没有和我说过话）')}  <code>{one.id}</code>")
    for name, numbers in (("可提问的群", chats), ("可管理的群", admin_chats)):
        if numbers:
            blocks.append(f"{name}：{'、'.join(f'<code>{number}</code>' for number in numbers)}")
    blocks.append("允许：/allow 编号　禁用：/deny 编号")
    return Page(joined(blocks), markup(turning("users", "", page, pages)))
