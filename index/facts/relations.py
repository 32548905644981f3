"""What a figure's own words leave to what was named before it: wholes, states, changes, other years.

债务余额174666万元，其中一般债务20776万元     the part of a state is that state of its kind: 一般债务余额
工程项目65个，送审金额26680万元              a short name belongs to what was named: 工程项目送审金额
较2024年的837.8亿元增加5%                  the figure of the year it is measured against
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final

from index.facts import changes
from index.facts.context import TOTALS, Topic, sum_of, total_of
from index.facts.debt_names import Kind, Origin, debt_name
from index.facts.open_names import MAX_NAME, open_name, printed_name
from index.find.amounts import Amount
from index.find.terms import exact_items
from index.lexicon import cue_regex, cues, items
from index.models import FLOW_OF, Fact

_GIVEN_US = re.compile(r"^(?:上级|中央|省级?|自治区)(?:财政)?对[我本全][省市县区州旗盟]的?")
_TOLD_OF = re.compile(r"(?:分(?:地区|县区|县市区|级次|项目))?(?:执行|完成|安排|分配|下达)?(?:情况)?(?:的?说明)?$")
_REVIEWED = re.compile("评审|送审|审定|审核")
_APPROVED = re.compile("[，、；]?(?:审定|核定|审定后)(?:金额|造价|为)*")
_LONGEST_LIST = 12
_OF_EACH = re.compile("(?:其中|[分各]|县|区|市|镇|乡|园)")
_IN_ALL = re.compile(r"[，、；]?后?(?:以上)?(?:共计|合计|总计|总量|共)(?:金额)?(?:为|达)?")
_BESIDE_FLOWS = ("transfer", "gp-exp-231", "gf-exp-231")  # what an account takes in and pays beside its own
_ORIGINS: Final[dict[str, Origin]] = {"新增": "new", "再融资": "refinanced"}
_PAID_KEYS = ("debt-principal", "debt-interest", "gp-exp-23103", "gf-exp-23104", "gp-exp-23203", "gf-exp-23204")
_BORROWED_KEYS = ("debt-refinance", "debt-new", "debt-issue")
_REPAID_KEYS = ("debt-principal", "debt-interest", "debt-service")
_PAID = ("service", "principal", "interest")
_STATES_OF_FLOW = ("revenue", "expenditure")
_PAID_ALONE = re.compile("(?:债[务券])?(?P<what>还本|付息)(?:支出)?")
_KINDS: tuple[tuple[str, Kind], ...] = (("一般债务", "general"), ("专项债务", "special"))
_BALANCES = {
    "general_public": "total-gp-balance",
    "government_fund": "total-gf-balance",
    "state_capital": "total-sc-balance",
    "social_insurance": "si-balance-year",
}
_TRANSFERS = re.compile(r"转移支付(?:资金)?(?:预算)?(?:安排|执行|分配)?(?:情况)?(?:的?说明)?$")
_NOT_ONLY_TRANSFERS = re.compile(r"收入|支出|收支|债务|争取|落实|加大|用好|上级|中央|省(?:级|对)")
_TRANSFERS_SPENT = re.compile(r"(?:一般性|专项)转移支付支出(?:情况)?")
_HANDS_ON = re.compile(r"对(?:下|各?(?:区|县|市|旗){1,3}|所属)[^，。；]*(?:转移支付|税收返还|补助)")
_INTEREST = re.compile(
    "(?:预计|需|应)*(?:支付|偿付|偿还|兑付|付)?(?:到期)?(?:政府)?(?:债券|债务)?(?:利息|付息)(?:支出)?"
)
_RATE = re.compile(r"(?:[率速幅]|占比|比重|利率|加快|回落|回升|提高|提升)$")
_RATE_ALONE = re.compile("(?:预决算)?(?:差异率|偏差率|变动率|结转率|结余率)")
_THIS = re.compile("[该此](?:项|笔)?(?P<kind>基金|资金|债券|税种|支出|收入)")
_ASIDE = re.compile(r"(?:扣除|剔除|按|据|经|与|在|为|因|由于|由|截至|截止|通过|其中|根据|围绕|随着|自|从|以)")
_DRAWN = re.compile("(?:已|实际|累计)*(?:动用|动支)")
_RECEIVED = re.compile("(?:资金|补助|补贴)(?:到位|下达|规模|额度)?$")
_SPENT_OF = re.compile("[，、；]?(?:已|累计|实际)*(?:支出|支付|拨付)(?:进度|率)?(?:达到?|为)?")
_GIVER = re.compile(
    "[，、；和及（]?(?P<level>中央|自治区|[省市州盟地县区旗乡镇]级)(?:财政)?(?:资金)?(?:安排|配套|下达)?"
)
_LEAST_CLAUSE = 5  # characters that name something
_MONEY = re.compile("(?:费|支出|收入|资金)$")
_NOUN_END = re.compile(r"[额率数量值]$|资金$|投资$|[得评]分$")
_STANDARD_ALONE = re.compile("(?:人均|财政|每人)*(?:补助|补贴)?标准")
_HANDLED = re.compile("(?:已(?=下达|拨付|分配)|(?=分配))(?P<how>分配|下达|拨付)")
_LEFT_OF = re.compile("(?:年初|上年末?|年末)?(?:余额|规模|预算数?)$")
_PRINCIPAL = "偿还债券本金"
_REPAID_BY = re.compile("(?:拟|计划|预计)?(?:通过|由|用)?(?P<what>[\u4e00-\u9fff]{2,12})偿还")


def repaid_of(topic: Topic, parent: Topic | None, left: str) -> Topic:
    """再融资债券132亿元，其中|偿还到期本金76亿元: what these bonds repay, not all that was repaid."""
    if parent is None or not (parent.key.startswith(_BORROWED_KEYS) and topic.key.startswith(_REPAID_KEYS)):
        return topic
    return Topic(f"{parent.name}：{printed_name(left) or topic.name}"[:MAX_NAME], account="debt")


def whole_of_parts(held: Topic | None, money: Topic | None, kind: str) -> Topic | None:
    """发行债券9亿元，平均利率2%，其中新增债券…: no rate has parts, but the money told before it, unless the first part
    is a rate itself (其中一般债券2.1%); ``kind`` is that of its figure."""
    if kind == "percent" and held is not None and not held.key and held.name.endswith("率"):
        return held
    if held is not None and money is not None and money.given and money.name == f"{held.name}（增减）":
        return money  # 教育支出调增9亿元，其中…: parts of what was added
    rate = held is not None and not held.key and _RATE.search(held.name)
    return money if rate and money is not None else held


def of_debt_before(topic: Topic, held: Topic | None) -> Topic:
    """What a name alone is of behind a figure of debt that is paid back: the interest on it, or what pays it."""
    return _of_kind_before(_repaid_by(topic, held), held)


def _of_kind_before(topic: Topic, held: Topic | None) -> Topic:
    """一般债务还本支出9亿元，利息支出3亿元: the interest is on that kind of debt."""
    whole = debt_name(held.name) if held is not None and held.key.startswith(_PAID_KEYS) else None
    part = debt_name(f"债务{topic.name.replace('利息', '付息')}") if not topic.key and whole is not None else None
    if whole is None or part is None or part.act not in _PAID or part.kind in ("general", "special"):
        return topic
    if whole.kind not in ("general", "special"):
        return topic
    item = replace(part, kind=whole.kind).item
    return Topic.of(item) if item is not None else topic


def of_origin(left: str, parent: Topic | None) -> Topic | None:
    """新增|1亿元、再融资|2亿元 of 一般债券3亿元: those of that kind; None where the words say anything else."""
    origin = _ORIGINS.get(left.strip("（、，；其中："))
    whole = debt_name(parent.name) if origin and parent is not None and parent.key.startswith("debt-issue") else None
    item = replace(whole, origin=origin).item if whole is not None and origin and not whole.origin else None
    return Topic.of(item) if item is not None else None


def approved_of(left: str, held: Topic | None) -> Topic | None:
    """送审金额1836万元，审定|1689万元: what was granted of it, no more 送审金额; None for other words."""
    reviewed = held is not None and held.key.startswith("other-review") and _APPROVED.fullmatch(left)
    return Topic.of(items()["other-review-approved"]) if reviewed else None


def of_kind_above(topic: Topic, heading: str, printed: str) -> Topic:
    """债务本金3.8亿元，付息1.7亿元 below a heading on 一般债务: of that kind of debt."""
    if "公务用车" in heading and not topic.key and (of_cars := exact_items(f"公务用车{topic.name}")):
        return Topic.of(of_cars[0])  # 运行维护费3万元
    kinds = [kind for word, kind in _KINDS if word in heading]
    part = debt_name(topic.name if topic.key.startswith("debt") else printed) if len(kinds) == 1 and topic.key else None
    if part is None or part.act not in _PAID or part.kind in ("general", "special"):
        return topic
    item = replace(part, kind=kinds[0]).item
    return Topic.of(item) if item is not None else topic


def of_account(topic: Topic, printed: str, account: str) -> Topic:
    """债务还本5亿元, 还本2亿元 among what a budget pays: that line of it, not all the debt that is paid back."""
    paid = _PAID_ALONE.fullmatch(printed) if topic.key in _PAID_KEYS else None
    exact = exact_items(f"债务{paid['what']}支出") if paid is not None else ()
    own = next((item for item in exact if item.account == account), None)
    return Topic.of(own) if own is not None else topic


def spent_of(held: Topic | None, total: Topic) -> Topic:
    """提前下达转移支付8亿元，支出预算8亿元: what is spent of these, not all that the account spends."""
    if held is None or not held.key.startswith("transfer") or total.flow != "expenditure":
        return total
    return Topic(f"{held.name}安排的支出", account=total.account, flow=total.flow)


def listed_of(left: str, held: Topic | None, parent: Topic | None) -> Topic | None:
    """What a figure without a name of its own is of in a list of givers or of a review's amounts; else None."""
    return of_giver(left, held, parent) or approved_of(left, held)


def still_of_money(held: Topic | None, left: str, amount: Amount, previous: Amount | None) -> bool:
    """收到直达资金84亿元，支出|81亿元，支出进度|96%: is it what was spent of that money, and no more than there was?"""
    received = held is not None and (
        held.account == "other" or (amount.kind == "percent" and held.account == "debt")
        if held.key
        else bool(_RECEIVED.search(held.name))
    ) and not held.flow  # fmt: skip
    if not received or previous is None or not _SPENT_OF.fullmatch(left):
        return False
    if not previous.kind == amount.kind == "money" or amount.number is None or previous.number is None:
        return True
    return amount.number <= previous.number


def of_giver(left: str, held: Topic | None, parent: Topic | None) -> Topic | None:
    """衔接资金5亿元，其中中央3亿元、|省级|1亿元: what that level gave; None where the words say anything else."""
    giver = _GIVER.fullmatch(left)
    listed = held is not None and not held.key and _GIVER.fullmatch(held.name)
    if giver is None or not listed or parent is None or parent.key.startswith(("total-", "debt")):
        return None
    return Topic(giver["level"])


def named_after(holding: Topic, topic: Topic, noun: str = "") -> Topic:
    """工程项目65个，送审金额…, 预备费预算1亿元，预计动用…: a short name belongs to what was named before."""
    base = holding.base or holding.name
    stem = topic.name.removesuffix("率")
    if stem != topic.name and any(stem[at : at + 2] in base for at in range(len(stem) - 1)):
        return topic  # 负债总额298亿元，资产负债率|58%, 已整改到位113个，整改率|96%: the rate says of what it is
    if base.endswith("率"):
        return topic  # 整改率96%，整改金额|3亿元: a rate has no amounts
    if holding.key.startswith("debt-principal") and _INTEREST.fullmatch(topic.name):
        return Topic.of(items()[holding.key.replace("principal", "interest")])  # 偿还本金9亿元，支付利息|3亿元
    if holding.key.startswith("other-tp-car") and (of_cars := exact_items(f"公务用车{topic.name}")):
        return Topic.of(of_cars[0])  # 公务用车购置费0万元，运行维护费|3万元
    if _REVIEWED.search(base) and (amount := exact_items(f"{topic.name}金额")):
        return Topic.of(amount[0])  # 评审项目153个，核减|13亿元: what is struck off a reviewed project
    if (
        not noun
        and _reaches().fullmatch(topic.name)
        and len(base) + len(topic.name) <= MAX_NAME
        and not base.endswith(topic.name)
    ):
        return Topic(base + topic.name, base=base)  # …补贴1.4亿元，惠及2.3万人次
    if _DRAWN.fullmatch(topic.name) and (drawn := exact_items(f"动用{_LEFT_OF.sub('', base)}")):
        return Topic.of(drawn[0])  # 预算稳定调节基金年初余额9亿元，年内动用|1亿元
    if (handled := _HANDLED.fullmatch(topic.name)) and _MONEY.search(base):
        return Topic(base + handled["how"], base=base)  # 直达资金9亿元，已分配|8亿元
    if _STANDARD_ALONE.fullmatch(topic.name):
        return Topic(_joined(base, topic.name), base=base)  # 公共卫生服务补助3亿元，人均标准|99元
    if (len(topic.name) > 5 and not topic.name.startswith("涉及")) or len(base) > 24 or topic.name in base:
        return topic
    if exact := exact_items(base + topic.name):
        return Topic.of(exact[0])
    whose = _attribute().sub("", base) if _attribute().search(topic.name) else base  # 种养面积…，产量…
    told = _NOUN_END.search(topic.name) or (whose != base and _attribute().fullmatch(topic.name))
    if not told or base[-2:] == topic.name[-2:]:
        return topic  # 苹果产量…，梨产量…: one after the other
    return Topic(_joined(whose or base, topic.name), base=base)


def _joined(base: str, name: str) -> str:
    """国有资产审批 and 审批金额: what ends the one and begins the other stands once."""
    shared = next((n for n in range(min(len(base), len(name) - 1), 1, -1) if base.endswith(name[:n])), 0)
    return base + name[shared:]


def named_by_clause(text: str, masked: str) -> Topic | None:
    """The topic that a clause without figures gives to the bare figure behind it; None if it is but an aside."""
    name = "" if _ASIDE.match(text) else open_name(text, masked)
    return Topic(name) if len(name) >= _LEAST_CLAUSE else None


def rate_of(topic: Topic, held: Topic | None) -> Topic:
    """公务用车购置费预算数3万元，决算数4万元，预决算差异率|33%: a rate of what was told of."""
    stem = topic.name.removesuffix("率")
    if held is not None and any(stem[at : at + 2] in held.name for at in range(len(stem) - 1)):
        return topic
    if held is None or not _RATE_ALONE.fullmatch(topic.name) or len(held.name) + len(topic.name) > MAX_NAME:
        return topic
    return Topic(f"{held.name}{topic.name}", base=held.name)


def part_of_rate(topic: Topic, parent: Topic | None, left: str) -> Topic:
    """平均发行利率2%，其中一般债券|2.1%、专项债券|2.3%: that rate of these bonds, which are no item of themselves."""
    if parent is None or parent.key or not parent.name.endswith("率") or not topic.key:
        return topic
    name = f"{printed_name(left)}{parent.name}"
    return Topic(name, account=topic.account) if len(name) <= MAX_NAME else topic


def _repaid_by(topic: Topic, held: Topic | None) -> Topic:
    """到期债券本金5亿元，拟通过再融资债券偿还|4亿元、财政资金偿还|1亿元: what pays back how much of it."""
    paid = _REPAID_BY.fullmatch(topic.name) if not topic.key and held is not None else None
    if paid is None or held is None or not (held.key.startswith("debt-principal") or held.name.endswith(_PRINCIPAL)):
        return topic
    return Topic(f"{paid['what']}{_PRINCIPAL}", account="debt")


def beside_side(name: str, held: Topic | None) -> Topic | None:
    """城市低保标准提高到1085元，农村|868元; …小学720元，初中|940元: a side alone is that of what was told before."""
    sides = cues("naming", "sides")
    if held is None or held.key or name not in sides:
        return None
    at, other = max((held.name.rfind(side), side) for side in sides)
    if at < 0 or other == name or held.name == other:
        return None
    return Topic(f"{held.name[:at]}{name}{held.name[at + len(other) :]}", base=held.base)


def meant_by_this(name: str, before: str) -> str:
    """护理保险基金纳入预算，|该基金|往年结余: the name with the clause's subject in place of 该…; "" if none."""
    this = _THIS.match(name)
    clause = before.rstrip("，；").rpartition("，")[2]
    subject = re.match(rf"[^，。；：、（）\d]{{2,16}}?{this['kind']}", clause) if this else None
    return f"{subject[0]}{name[this.end() :]}" if this and subject else ""


def of_heading(title: str, account: str = "", elsewhere: bool = False) -> Topic:
    """上级对我市税收返还和转移支付补助分地区情况: what a heading says of the figures below, where nothing nearer names
    them; the item, if it is the name of one."""
    sides = [flow for word, flow in FLOW_OF.items() if word in title]
    if elsewhere and len(sides) == 1 and _OF_EACH.match(title) and (total := total_of(account, sides[0])):
        return total  # 各县（市）区收入完成情况：甲市|9亿元
    name = _TOLD_OF.sub("", _GIVEN_US.sub("", title))
    exact = exact_items(name)
    return Topic.of(exact[0]) if len(exact) == 1 else Topic(title)


@cache
def _reaches() -> re.Pattern[str]:
    return re.compile(cue_regex("naming", "reaching"))


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(cue_regex("naming", "attribute") + "$")


def heads_transfers(title: str) -> bool:
    """2025年市本级转移支付情况 heads what is given to the levels below; 积极争取转移支付, 收入和转移支付情况 do not."""
    only = bool(_TRANSFERS.search(title)) and not _NOT_ONLY_TRANSFERS.search(title)
    return only or bool(_TRANSFERS_SPENT.fullmatch(title))


def hands_on(text: str) -> bool:
    """市对下转移支付9亿元, 对各县安排补助: does a sentence tell of what is given to the levels below?"""
    return (bool(_HANDS_ON.search(text)) and "对我" not in text) or bool(_TRANSFERS_SPENT.match(text))


def transferred(fact: Fact, handed_on: bool) -> Fact:
    """农林水方面2.5亿元 of a transfer is no 农林水支出 of the government that gives it; where a report has said that it
    tells of what is ``handed_on``, 均衡性转移支付2亿元 is the recipients' income."""
    if handed_on and not fact.qualifiers and fact.key.startswith("transfer-") and fact.flow == "revenue":
        return replace(fact, qualifiers=(("recipient", "下级"),))
    line = fact.key.startswith(("gp-exp", "gf-exp", "gf-rev", "gp-rev"))
    return replace(fact, item=f"转移支付：{fact.item}", key="", account="", flow="") if line else fact


def of_things(topic: Topic, printed: str) -> Topic:
    """医院108家, 图书馆9个, 公务用车4辆: what is counted is no line of the budget, nor money called after it."""
    spent = topic.flow in ("revenue", "expenditure") or bool(topic.key and _MONEY.search(topic.name))
    return Topic(printed or topic.name) if spent else topic


def of_state(topic: Topic, measure: str, printed: Topic) -> Topic:
    """债务限额502.83亿元，余额502.83亿元: the second is about 债务余额; ``printed`` is what its own words give."""
    if measure == "outstanding" and topic.name.startswith("动用"):  # 动用预备费5亿元，余额|2亿元
        left = exact_items(topic.name.removeprefix("动用"))
        return Topic.of(left[0]) if left else printed
    here, other = ("限额", "余额") if measure == "outstanding" else ("余额", "限额")
    if topic.item is None or here not in topic.name:
        return printed
    exact = exact_items(topic.name.replace(here, other))
    return Topic.of(exact[0]) if exact else printed


def of_list(facts: Sequence[Fact], amount: Amount, left: str, account: str) -> Topic | None:
    """新增债券257亿元，再融资债券56亿元，共计|313亿元: of both; None if the last figures do not add up to it."""
    if not _IN_ALL.fullmatch(left) or amount.number is None:
        return None
    total, names = Decimal(0), list[str]()
    for fact in reversed(facts[-_LONGEST_LIST:]):
        if fact.kind != "money" or fact.number is None or fact.item in names:
            break
        total, names = total + fact.number, [fact.item, *names]
        if len(names) > 1 and total == amount.number:
            if fact.key == TOTALS.get((fact.account, fact.flow)) and (whole := sum_of(fact.account, fact.flow)):
                return whole  # 一般公共预算收入9亿元，上级补助5亿元…，共14亿元
            listed = f"{'、'.join(names)}合计"
            name = listed if len(listed) <= MAX_NAME else f"{names[0]}等{len(names)}项合计"
            return Topic(name, account=fact.account)
    last = facts[-1] if facts else None
    if last is None or not last.key.startswith(_BESIDE_FLOWS) or account not in _BALANCES:
        return None
    flow = next((fact.flow for fact in reversed(facts) if fact.flow in _STATES_OF_FLOW), "")
    return sum_of(account, flow)  # 收入加上级补助5亿元、上年结转1亿元后总计|16亿元


def of_balance(topic: Topic, account: str) -> Topic:
    """收入…，支出…，当年结余5.8亿元: the balance is the account's, not the expenditure's."""
    if topic.item is None:
        return topic
    foreign = topic.key.startswith("si-balance") and account != "social_insurance"
    left = topic.flow in ("revenue", "expenditure") or topic.key == "total-carryover-spend"
    item = items().get(_BALANCES.get(account, "")) if foreign or left else None
    return Topic.of(item) if item is not None else topic


def difference_of(topic: Topic, clause: str) -> Topic:
    """教育支出比年初预算增加|3亿元 -> 教育支出（比年初预算增减）, which answers no question for the item."""
    base = changes.base_named(clause)
    return Topic(f"{topic.name}（{'比' + base if base else ''}增减）", account=topic.account, flow=topic.flow)


def is_added(topic: Topic, left: str) -> bool:
    """债务余额200亿元，新增30亿元: what was added to a stock is not the stock."""
    stock = topic.item is not None and topic.item.measure in ("outstanding", "balance", "limit")
    return stock and "新增" not in topic.name and bool(re.fullmatch("[，、；]?(?:当年|本年)?新增(?:了|约)?", left))


def told_apart(topic: Topic, amount: Amount, rule: str, left: str, clause: str) -> Topic:
    """The topic of what lies beyond a budget, of a difference, of an addition to a stock: none is the thing itself."""
    if rule == "over_budget":
        beyond = "超预算" if "预算" in left else "超目标"
        return Topic(f"{topic.name}{beyond}", account=topic.account, flow=topic.flow)
    if rule == "difference":
        return difference_of(topic, clause)
    if amount.kind == "money" and is_added(topic, left):
        return Topic(f"{topic.name}（新增）", account=topic.account, flow=topic.flow)
    return topic


def is_times_of_figure(label: str, amount: Amount) -> bool:
    """是2021年平均值5亿元的2.8倍: the figure between has another year."""
    return bool(re.search(rf"元的约?{re.escape(amount.value)}倍", label))
