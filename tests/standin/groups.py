"""Groups, supergroups and forums: members come and go, the bot is added, promoted and removed (see ``world.py``)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.standin import spoken
from tests.standin.state import BOT, BOT_ID, Chat, Json, State, Stored

if TYPE_CHECKING:
    from tests.standin.people import User
    from tests.standin.world import World


def member(state: State, chat: Chat, number: int, status: str | None = None) -> Json:
    """The ChatMember object of a user, by default with the status it has now."""
    if status is None:
        known = number in chat.members or (number == BOT_ID and chat.bot_in)
        status = "kicked" if number == BOT_ID and chat.bot_removed else "member" if known else "left"
        if chat.type == "private":
            status = "member"
        elif known and number in chat.admins:
            status = "administrator" if number == BOT_ID else "creator"
    shown: Json = {"status": status, "user": state.users[number]}
    if status == "creator":
        shown["is_anonymous"] = False
    if status == "kicked":
        shown["until_date"] = 0
    if status == "administrator":
        shown |= {"can_be_edited": False, "is_anonymous": False}
        shown |= dict.fromkeys((f"can_{right}" for right in RIGHTS), True)
    return shown


RIGHTS = (
    "manage_chat", "delete_messages", "manage_video_chats", "restrict_members", "promote_members", "change_info",
    "invite_users", "post_stories", "edit_stories", "delete_stories", "pin_messages", "manage_topics",
)  # fmt: skip


def member_change(state: State, chat: Chat, by: int, who: int, before: str, after: str) -> Json:
    """The ChatMemberUpdated object."""
    return {
        "chat": chat.json(),
        "from": state.users[by],
        "date": int(time.time()),
        "old_chat_member": member(state, chat, who, before),
        "new_chat_member": member(state, chat, who, after),
    }


class Topic:
    """A topic of a forum; a place to send to."""

    def __init__(self, group: Group, thread_id: int) -> None:
        self.group = group
        self.thread_id = thread_id


class Group:
    """A group; a place to send to (in a forum: its 常规 topic, whose messages have no thread id)."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @classmethod
    def create(
        cls,
        world: World,
        title: str,
        members: list[User],
        topics: list[str] | None,
        kind: str,
        username: str | None,
        bot_in: bool,
    ) -> Group:
        """A new group; the bot hears nothing of its creation."""
        assert members and kind in {"group", "supergroup"} and (topics is None or kind == "supergroup")
        with world.state.changed:
            chat = world.state.add_group(title, kind, username)
            chat.bot_in = bot_in
            chat.members = {user.id for user in members}
            chat.admins = {members[0].id}
            chat.topics = None if topics is None else {}
            group = cls(world, chat)
            if topics is not None:  # number 1 is the 常规 topic
                world.state.add_message(chat, members[0].id, {"supergroup_chat_created": True})
            for name in topics or []:
                group.create_topic(name, members[0])
        return group

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def bot_is_in(self) -> bool:
        """False after the bot left or was removed."""
        return self.chat.bot_in

    def topic(self, name: str) -> Topic:
        """The topic of this name."""
        return Topic(self, next(number for number, title in (self.chat.topics or {}).items() if title == name))

    def create_topic(self, name: str, by: User) -> Topic:
        """A new topic; its number is that of the service message that opens it."""
        state = self.world.state
        with state.changed:
            assert self.chat.topics is not None, "not a forum"
            made = {"forum_topic_created": {"name": name, "icon_color": 7322096}, "is_topic_message": True}
            stored = state.add_message(self.chat, by.id, made)
            number = stored.data["message_thread_id"] = stored.data["message_id"]
            self.chat.topics[number] = name
        return Topic(self, number)

    def _service(self, by: int, content: Json) -> Stored:
        stored = self.world.state.add_message(self.chat, by, content)
        spoken.deliver(self.world.state, self.chat, stored)
        return stored

    def join(self, user: User, by: User | None = None) -> None:
        """A user joins or is added."""
        state = self.world.state
        with state.changed:
            self.chat.members.add(user.id)
            actor = (by or user).id
            self._service(actor, {"new_chat_members": [user.data]})
            if BOT_ID in self.chat.admins:
                state.push("chat_member", member_change(state, self.chat, actor, user.id, "left", "member"))

    def leave(self, user: User) -> None:
        """A user leaves."""
        state = self.world.state
        with state.changed:
            self.chat.members.discard(user.id)
            self._service(user.id, {"left_chat_member": user.data})
            if BOT_ID in self.chat.admins:
                state.push("chat_member", member_change(state, self.chat, user.id, user.id, "member", "left"))

    def add_bot(self, by: User) -> None:
        """The bot is added: ``my_chat_member`` and a service message."""
        state = self.world.state
        with state.changed:
            before = "kicked" if self.chat.bot_removed else "left"
            self.chat.bot_in, self.chat.bot_removed = True, False
            state.push("my_chat_member", member_change(state, self.chat, by.id, BOT_ID, before, "member"))
            self._service(by.id, {"new_chat_members": [BOT]})

    def promote_bot(self, by: User) -> None:
        """The bot becomes an administrator: it then reads everything."""
        state = self.world.state
        with state.changed:
            self.chat.admins.add(BOT_ID)
            state.push("my_chat_member", member_change(state, self.chat, by.id, BOT_ID, "member", "administrator"))

    def remove_bot(self, by: User) -> None:
        """The bot is removed and can no longer write."""
        state = self.world.state
        with state.changed:
            self.chat.bot_in, self.chat.bot_removed = False, True
            self.chat.admins.discard(BOT_ID)
            state.push("my_chat_member", member_change(state, self.chat, by.id, BOT_ID, "member", "kicked"))

    def migrate(self, *, member: str = "") -> Group:
        """The small group becomes a supergroup; calls to the old id are refused and name the new one.

        ``member``: the bot is also told that it is a member of the new one, "before" or "after" the rest.
        """
        state = self.world.state
        with state.changed:
            assert self.chat.type == "group"
            new = state.add_group(self.chat.title, "supergroup", None)
            new.members, new.admins = set(self.chat.members), set(self.chat.admins)
            owner = next(iter(self.chat.admins))
            joined = member_change(state, new, owner, BOT_ID, "left", "member")
            if member == "before":
                state.push("my_chat_member", joined)
            self._service(owner, {"migrate_to_chat_id": new.id})
            self.chat.moved_to = new.id
            group = Group(self.world, new)
            group._service(owner, {"migrate_from_chat_id": self.chat.id})
            if member == "after":
                state.push("my_chat_member", joined)
        return group
