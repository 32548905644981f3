"""What the bot says of itself, in Chinese: greetings, help, refusals, menus.  Figures are not spoken of here."""

from __future__ import annotations

from typing import Final

NAME: Final = "预算"
SHORT_DESCRIPTION: Final = "问地方财政预算、决算报告里的数字，每个数字都带原文出处。"
DESCRIPTION: Final = (
    "用大白话问地方预算：\n某区2023年教育支出多少\n某市政府性基金收入同比\n\n"
    "回答都是公开报告里的数字，带报告名和原句；不用语言模型，不猜。报告里没有的，会说没有。"
)

# Command, description, and whether it is shown in groups too.
COMMANDS: Final = (
    ("q", "提问：/q 上党区2023年教育支出", True),
    ("compare", "对比：/compare 甲区 乙区 2023年教育支出", True),
    ("trend", "历年：/trend 某区 教育支出", True),
    ("rank", "排名：/rank 一般公共预算收入 2023", True),
    ("sources", "收录了哪些报告", True),
    ("glossary", "名词解释", True),
    ("watch", "关注了什么：/watch 上党区 关注它的新报告", True),
    ("unwatch", "取消全部关注", True),
    ("settings", "单位、默认地区、表格样式", True),
    ("help", "怎样提问", True),
    ("privacy", "保存了什么，怎样删除", False),
    ("start", "示例问题", False),
)
ARGUMENTS: Final = {
    "q": "请在 /q 后面写问题，例如：/q 上党区2023年教育支出",
    "compare": "请写要对比的地区（或年份）和科目，例如：/compare 上党区 屯留区 2023年一般公共预算收入",
    "trend": "请写地区和科目，例如：/trend 上党区 教育支出",
    "rank": "请写科目和年份，例如：/rank 一般公共预算收入 2023",
}

# What owners hear of by themselves; {detail}, {times}, {when}.
NOTES_TITLE: Final = "机器人出过的状况"
NOTES: Final = {
    "damage": "· 发现损坏：{detail}",
    "deadline": "· {times} 个问题超过时限，没有答出（{when}）；提问的人得到了说明",
    "unreachable": "· 连不上 Telegram：{detail}；这期间的提问，连上后补答",
    "given_up": "· {times} 条消息一再没有处理成，不再试（{when}）",
}
NOTES_OTHER: Final = "· {kind}：{detail}（{times} 次，{when}）"
NOTES_MORE: Final = "  另有 {more} 条，见日志"

START: Final = (
    "我回答地方财政预算、决算报告里的数字，每个数字都带原文出处。\n"
    "现有 {reports} 份报告：{places}，{years}。\n"
    "直接发问题就行，或点一个试试："
)
START_EMPTY: Final = "索引里还没有报告。管理员载入报告后（yusuan load），就可以提问了。"
# One screen of a small phone (a test counts): the rest is folded up.
HELP: Final = (
    "<b>怎样提问</b>\n"
    "直接发，次序随意，可以一次问几个：\n"
    "· {sample}\n"
    "· 某区2023年财政怎么样\n"
    "· 各县2023年教育支出排名\n"
    "· 收入超过10亿元的县有哪些\n"
    "· 什么是转移支付\n"
    "接着问，只说变了的：\n"
    "· 上一年呢、卫生健康呢、差多少\n"
    "对上一个回答说：\n"
    "· 画个图、换成亿元、从哪来的、\n"
    "  发原文、导出、写成材料、不对\n"
    "<b>群里</b> 用 /q，或回复我，或 @ 我\n"
    "<blockquote expandable>"
    "第一行是我的理解；“推算”的算式在引文里；“※”后面要留意。按钮换年份、口径，看历年、对比、构成、上下文；"
    "点“图”画成图，点“关注”有变化时提醒。\n"
    "发错了，改那条消息，回答跟着改。还可以说：调整后呢、哪个最多、加起来多少、再详细点、哪个对。\n"
    "群里回复别人的问题只 @ 我，就答那个问题。任何聊天里输入 @{username} 和问题，点一个结果就发出去；"
    "我不在的聊天里 @ 我也答。"
    "</blockquote>\n"
    "/q /compare /trend /rank /sources /glossary /watch /settings /privacy"
)
HELP_SAMPLE: Final = "某区2023年教育支出多少"
CHECK_HELP: Final = "\n<b>核对草案</b> 发文件时写“核对”；不保留"
ADMIN_HELP: Final = (
    "\n<b>管理</b>（只有管理员看得到）\n<blockquote expandable>"
    "· 收录报告：把文件发给我，可以一次发几份；先看读出了什么、会改动哪些数字，按“采用”才生效。\n"
    "· 核对草案：发文件时在说明里写“核对”，列出算式、前后、单位的问题，不收录、不保留。\n"
    "· 报告：/reports 列出、取原件、删除，/reload 重新读报告文件夹，/drafts 还没决定的，/conflicts 互相矛盾的数字\n"
    "· 版本：/versions 各个版本，/rollback 退回\n"
    "· 提问：/misses 没答上来的，/alias 别名，/stats 用量\n"
    "· 人：/users 谁可以用，/allow 允许，/deny 禁用，/audit 管理记录\n"
    "· 导出：/export 上党区 2023 xlsx</blockquote>"
)
ONLY_TEXT: Final = "我只看得懂文字问题，例如：某区2023年教育支出多少。/help 看说明。"
CHECK_GONE: Final = "核对的结果只在内存里留一阵，已经没有了，请重新核对"
AS_FILE: Final = "要收录报告，请把它作为文件发来。"
VOICE: Final = "语音我还听不懂。点输入法键盘上的话筒，说完会变成文字，再发给我。"
WRONG: Final = (
    "抱歉。您的这句话和它所说的问题已记下，管理员会看。\n"
    "我当时理解为：{reading}\n"
    "如果要的是别的口径、年份或阶段（预算、调整后、完成），直接说出来就行，例如“市本级的”“调整后呢”。"
)
NOTED: Final = "抱歉，刚才理解为：{reading}，已记下。改按您说的："
WHICH: Final = "报告自己有不止一种说法，哪个对我不替您选：请对照下面的原文，或问发布报告的单位。"
SAME_UNIT: Final = "报告里就是{unit}：{figures}"
NO_UNIT: Final = "上一个回答不是金额，没有要换算成{unit}的数。"
BESIDE_UNIT: Final = "上一个回答不是金额，不用换算；它旁边的金额是："
NOTHING_TO_DO: Final = "这条回答里没有可以用的数字，请先问一个数。"
FULL_SLASH: Final = "命令前面的斜杠要用半角：/{name}"
UNKNOWN: Final = "没有这个命令。直接发问题就行，/help 看说明。"
PRIVACY: Final = (
    "<b>保存了什么</b>\n"
    "· 本聊天的设置（单位、默认地区、表格样式）；\n"
    "· 最近一天的追问所需的上一个问题，过期自动删除；\n"
    "· 哪条消息回答哪条提问（编号，两周），为了改问题时能改回答；\n"
    "· 还没答完的消息，答完即抹去，只留编号（两天）；\n"
    "· 每小时的提问次数（用户编号，一两个小时后删除）；\n"
    "· 👍👎 和没答上来的问题：{kept}；\n"
    "· 您说“不对”时：那句话和它所说的问题，供管理员更正；\n"
    "· 关注的数字和地区，取消即删除；\n"
    "· 每天提问的次数和快慢，不分是谁；\n"
    "· 发来核对的文件不保存，读完即删；\n"
    "· 管理操作和越权的尝试（编号、名字、时间），供管理员查看。\n"
    "日志里没有问题的原话。不使用语言模型，问题不会发给第三方。"
)
KEPT_TEXT: Final = "保存原话，供管理员改进"
KEPT_HASH: Final = "只存摘要值和对问题的理解，不存原话"
FORGOTTEN: Final = "已删除本聊天的追问记录、回答对应关系、反馈和关注。"

STRANGER: Final = "您好，这个机器人只对名单内的用户开放。需要使用请联系管理员，您的编号是 {user}。"
STRANGER_SHORT: Final = "这个机器人只对名单内的用户开放。"
FOREIGN_GROUP: Final = "您好，这个群不在名单里，我先退出了。需要使用请联系管理员，群编号是 {chat}。"
FOREIGN_GROUP_STAY: Final = "您好，这个群不在名单里，我在这里不能回答。需要使用请联系管理员，群编号是 {chat}。"
QUOTA: Final = "这一小时的提问次数（{quota} 次）用完了，请下个小时再问。"

OUTDATED: Final = "这个按钮是旧版本的，请重新提问一次。"
GONE: Final = "报告更新过，这里原来的数字找不到了，请重新提问一次。"
NOT_OURS: Final = "这个按钮不能用，请重新提问一次。"
EXPIRED_CHOICE: Final = "这个问题隔得太久了，请重新提问一次。"
ASKER_ONLY: Final = "请由提问的人来选。"
ADMINS_ONLY: Final = "群里的设置只有群管理员能改。"
NO_LIST: Final = {"trend": "报告里只有这一年的数", "peers": "没有其他同级地区的这个数", "parts": "报告没有写它的构成"}
NO_CONTEXT: Final = "找不到原文的上下文"
NO_FILE: Final = "原文件不在服务器上，或者载入以后改动过，不能发送"
SENT_FILE: Final = "已发送"
VOTED: Final = {1: "谢谢，已记下 👍", -1: "谢谢，已记下，管理员会看 👎"}
HOME_SET: Final = "以后“我区”“本市”和没写地区的问题都按{place}"
NO_RANKING: Final = "没有可以排名的数：请写清科目和年份，例如 /rank 一般公共预算收入 2023"
NO_TREND: Final = "没有可以列出历年的数：请写清地区和科目，例如 /trend 上党区 教育支出"
ERROR: Final = "出了点问题，没能回答（编号 {id}）。请稍后再试，或把编号告诉管理员。"
OVERDUE: Final = "这个问题算得太久，没有算出来，不是报告里没有。请把问题写短些、写清地区、年份和科目，再问一次。"
INLINE_OVERDUE: Final = "这个问题算得太久，请写短些再试"
INLINE_HINT: Final = "没有找到，点这里看怎样提问"
INLINE_STRANGER: Final = "只对名单内的用户开放"
GUEST: Final = "在 @ 我的后面写问题，例如：上党区2023年教育支出多少。"
INLINE_EMPTY: Final = "写地区、年份和科目，例如：上党区 2023 教育支出"
