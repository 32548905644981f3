"""Which measure a figure is, from the words around it: a list of named rules, the first that fits decides.

    占年度预算 59325 万元的 95.94%，同比增长 6.75%，增支 3599 万元
               └ base_of_percent: budget  └ percent_of_budget: completion  └ yoy_percent: +  └ yoy_amount: +

Words stand masked (see ``marks``): 一般公共预算收入 is one item, so the 预算 inside it is no cue.
"""

from __future__ import annotations

import re
from functools import cache

from index.facts import changes
from index.facts.count_rules import count_changed, count_planned
from index.facts.marks import ITEM
from index.facts.surroundings import Rule, Surroundings, Verdict
from index.lexicon import cue_regex
from index.models import Measure

_TARGET = r"(?:预算|任务|计划|目标|预期)(?:数|任务|总额|安排|目标|指标|收入|支出)*"
_LINK = r"(?:为|是|占|达到?|约|的|了|近|超|完成|完成了|到|：|在|不低于|不少于|不高于|不超过|稳定|保持|维持)*"
_BOUND = re.compile(r"不(?:低于|少于|高于|超过)约?$")  # 占比不低于|70%: no fall
_ADJUSTED = (
    r"(?:调整(?:后|及变动|变动)?(?:的)?(?:收入|支出)?预算"
    r"|(?:变动|变更|追加)(?:后)?(?:的)?(?:收入|支出)?预算|预算调整|调整预算)"
)


_OVER_BUDGET = re.compile(
    rf"(?:超额?完成|超|超出|超过|短收|低于|高于|少于|多于)(?:全年|年度|年初)?(?:预算|目标任务|目标|任务|计划){_LINK}$"
)
# 自给率低于|9%: how low it is; of a growth it says how far it goes
_BELOW = re.compile("(?:低于|高于|大于|小于)约?$")
_GROWTH = re.compile("[增涨降减][速幅长]")
_GROWTH_OF_BRACKET = re.compile("(?:增[速幅]|增长率|(?P<down>降幅))（$")  # 税收增速（14.9%）
# 增值税20.4亿元（+2.4%）、契税3.4亿元（-10.3%）: behind an amount a sign is that of its growth
_SIGN_IN_BRACKET = re.compile(r"元（(?P<sign>[+＋↑↓\-－])[\d.]+$")
_SIGN_BEHIND_WORD = re.compile(r"(?:同比|比上年|较上年|增幅)(?P<sign>[+＋↑↓\-－])[\d.]+$")  # 北城街道38420（同比+2.1%）
_CHANGE_BEFORE_BRACKET = re.compile(r"(?P<words>[^，。；：（）\d]*)[\d.,]+[万亿千百]*元（$")  # 较上年减少5万元（17.1%）
_SHARE_OF_BRACKET = re.compile("(?:占比|比重)（$")
_DONE_SO_FAR = re.compile("[，、]?完成")
_BUDGET_WORD = re.compile(rf"预算(?:数|草案|代编数?|总额|总数|安排|规模|额|指标|资金|合计|总计|共计)*{_LINK}$")
_APPROVED = re.compile(
    rf"(?:批准|通过|批复|核定)的[^，。；]{{0,24}}?(?:收入|支出|总收入|总支出|{ITEM}|安排|合计|总计|共计)(?:为|是)?$"
)
_ITEM_ALONE = re.compile(rf"{ITEM}(?:收入|支出)?(?:为|是)?$")
_BASE_IN_BRACKET = re.compile(
    rf"(?:为|占|完成|达到?)(?P<base>[^，。；（）]{{0,12}}{_TARGET})（$"
)  # 完成调整预算（3亿元）的89%
_TARGET_WORD = re.compile(rf"(?:年初数|年初|任务数?|计划数?|预期目标|目标){_LINK}$")
_TARGET_BEFORE = re.compile(r"(?:目标|任务|计划|(?<!调整)预算)(?:数|值|任务|指标)?（$")  # 超全年目标（110亿元）
_BEYOND_TARGET = re.compile(r"(?:超|短收|低于|少于)[^，。；（）]*（[^（）]*）$")  # 超目标任务（28亿元）2亿元
_LIMIT_WORD = re.compile(rf"(?:限额|规模上限)(?:总额|合计)?{_LINK}$")
_NEEDED = re.compile(r"需求(?:为|是|达到?|约|共)*$")  # “三保”支出需求35亿元: nobody has spent it
_LIMIT_IN_BRACKET = re.compile(r"限额（(?:分别)?(?:为|是)?$")  # 均未超过核定限额（分别为3亿元、5亿元）
_OUTSTANDING_WORD = re.compile(rf"余额(?:总额|合计)?{_LINK}$")
_BALANCE_WORD = re.compile(rf"(?:结余|结转|滚存)(?:资金|总额|合计)?{_LINK}$")
_PLANNED_WORD = re.compile(rf"(?:安排|预期|计划|拟定|编列|编制){_LINK}$")
_HOPED = re.compile(
    rf"(?:(?:确保|力争|力保|争取|锚定|紧盯|盯紧)[^，。；]{{0,30}}?(?:完成|实现|达到?|不低于|不少于|突破|超过)|力争){_LINK}$"
    rf"|(?:确保|力保)[^，。；{ITEM}]{{0,4}}?(?:完成|实现)[^，。；{ITEM}]{{0,6}}{ITEM}+$|力争[^，。；]{{1,20}}$"
)
_AIMED_AT = re.compile("紧盯|围绕|锚定|对标|瞄准")
_TASK_BEHIND = re.compile("[^。；]{0,24}?的(?:全年|年度|预期|增长)?(?:目标|任务)")
_AIMED = re.compile(r"(?:确保|力争|力保|争取|不低于|不少于)[^，。；]{0,30}$")
_STRIVEN = re.compile(r"(?:确保|力争|力保|争取)[^，。；]{0,30}$")
_AIM_BEHIND = re.compile(r"的?[\u4e00-\u9fff]{0,12}目标(?!任务)")  # 全年|71亿元|收入目标
_DONE_IN_PLAN = re.compile(rf"(?:预计|预计完成|完成|实现){_LINK}$")
# 年初预算安排|支出 21.3亿元; what was done with it (安排的支出完成…) is another matter.
_ARRANGED_FLOW = re.compile(
    rf"(?:预算|年初)数?(?:拟|共|计划|内|中)*安排(?:(?!完成|执行|实际|实现|决算)[^，。；]){{0,24}}?"
    rf"(?:收入|支出|{ITEM})(?:合计|总计|共计)?(?:为|是|约|共|达)*$"
)
_ADJUSTED_WORD = re.compile(
    rf"(?:{_ADJUSTED}(?:数|总额)?的?{_LINK}$)|(?:调整(?:[为到至成]|后为){_LINK}$)|(?:追加到|调[增减][到至为])$"
)
# 年初预算为2万元，全年预算为3万元: what the budget of the year came to in the end.
_ALL_YEAR = re.compile(rf"(?:^|[，、；])全年预算(?:数|安排)?{_LINK}$")
_ACCOUNT_BEHIND = re.compile(r"[，、；](?:支出)?决算")
_RAISED_TO = re.compile(r"预算数?(?:达到?|变为|增加到|增至)$")
_ADDED_TO = re.compile(r"年初[^。；]*(?:加上|追加|调增|新增)[^。；]*$")
_RIGHT_BEFORE = re.compile(r"的约?")
_OF_THEIRS = re.compile(r"占其[^，。；]*$")  # 代编预算3亿元，占其项目预算的|41.5%: a share
_AFTER_BUDGET = re.compile(rf"[，、]?(?:实际|已)?(?:完成|执行){_LINK}")
_SHARE_WORD = re.compile(rf"(?:占比|税性?比|比重|所占比例|占[^，。；]{{0,30}}比例|占){_LINK}$")
_SHARE_OF = re.compile(rf"占[^，。；]{{1,40}}?(?:的|比重|总量|总额|总数)?{_LINK}$")
_SAME_BASIS = re.compile("同口径|可比|剔除|扣除|还原")
_ON_SAME_BASIS = re.compile(
    r"按(?:同|可比)口径[^，。；\d]{0,6}，[^。；]*$|(?:剔除|扣除|还原|不考虑|除去)[^，。；]{2,40}，(?:可比)?[^，。；]*$"
)
_ADJUSTED_BASE = re.compile(rf"{_ADJUSTED}(?:数|为|的)*$")
_BUDGET_BASE = re.compile(rf"{_TARGET}(?:为|约|的)*$")
_WAY_ALONE = re.compile("[，、]?(?:增长|下降|增加|减少|上升|降低|超收|短收)(?:了|约)?")
_FIGURE_END = re.compile(r"[\d.,]+[万亿千百]*元$")
_PERCENT_BEHIND = re.compile(
    rf"[，、（](?:(?![为至到]\d)[^。；{ITEM}]){{0,24}}?(?:增长|下降|增幅|降幅)[^，。；\d]{{0,4}}\d+(?:\.\d+)?%"
)
_FLOW_ALONE = re.compile(r"(?<!实际)(?:支出|收入)(?:为|是|约|共|达到?)*$")
_OF_PERCENT = re.compile(r"的(?:约)?\d+(?:\.\d+)?%")


def judge(around: Surroundings) -> Verdict:
    """The measure of a figure.  What no rule claims is an ``amount``, a ``count``, a ``rank`` or a ``rate``."""
    for rule in _RULES[around.amount.kind]:
        if verdict := rule(around):
            return verdict
    kind = around.amount.kind
    measure: Measure = (
        "amount" if kind == "money" else "count" if kind == "count" else "rank" if kind == "rank" else "rate"
    )
    return Verdict(measure, "bare")


# ---------------------------------------------------------------------------------------------- percentages


@cache
def _percent_of_budget() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:为|占|完成|达到?|是|实现|相当于|约)[^，。；]{{0,14}}?{_TARGET}(?:[数额]?的)?{_LINK}$)"
        rf"|(?:{_ADJUSTED}(?:数)?的{_LINK}$)|(?:(?:年初|年度|全年)?预算数?的{_LINK}$)"
        rf"|(?:(?:(?<!整改)完成率|执行率|支出率|(?:执行|支出|完成|收入|拨付|支付)?进度|完成比例|完成预算比例){_LINK}$)"
    )


def percent_of_budget(around: Surroundings) -> Verdict | None:
    """为调整预算的100.25%；占年度预算59325万元的95.94%；支出进度90.2%。"""
    beside = around.same_clause or around.sentence.endswith(f"）{around.left}")  # 完成预算（50亿元）的102%
    if _OF_THEIRS.search(around.clause):
        return None
    if _AIMED.search(around.clause) and _percent_of_budget().search(around.clause):
        return Verdict("rate", "aimed")  # 年底前支出进度达到|85%以上: no progress that was made
    of_amount = ("of_adjusted",) if around.before == "adjusted_budget" else ()
    if beside and around.before in ("budget", "adjusted_budget") and _RIGHT_BEFORE.fullmatch(around.left):
        return Verdict("completion", "percent_of_budget_amount", flags=of_amount)
    if around.before in ("budget", "adjusted_budget") and _AFTER_BUDGET.fullmatch(around.left):
        return Verdict("completion", "percent_after_budget", flags=of_amount)  # 年度预算52720万元，完成68.34%
    if not around.same_clause and around.before in ("actual", "amount") and _DONE_SO_FAR.fullmatch(around.left):
        return Verdict("completion", "percent_done")  # 保工资12亿元，完成97.97%
    if around.plan and "占" in around.clause:
        return None  # 预备费占支出预算的1.2%: of a year to come nothing is done yet
    if _percent_of_budget().search(around.clause):
        flags = ("of_adjusted",) if re.search("调整|变动", around.clause) else ()
        return Verdict("completion", "percent_of_budget", flags=flags)
    return None


def share_of(around: Surroundings) -> Verdict | None:
    """占税收收入的27.51%；占比95.99%；比重为72.76%。"""
    if not around.plan and _STRIVEN.search(around.clause):
        return Verdict("rate", "aimed")
    if not around.left and _SHARE_OF_BRACKET.search(around.sentence) and around.right.startswith("）"):
        return Verdict("share", "share_in_bracket")
    if _SHARE_WORD.search(around.clause):
        return Verdict("share", "share_word")
    if _SHARE_OF.search(around.clause):
        return Verdict("share", "share_of")
    return None


def _against_other(around: Surroundings) -> bool:
    return around.base == "other" or changes.against_other(around.clause)


def yoy_percent(around: Surroundings) -> Verdict | None:
    """同比增长6.75%；下降8.24%；增幅12.5%；增长2倍。Not 年均增长, not 比预算增长."""
    if not around.plan and _STRIVEN.search(around.clause):
        return Verdict("rate", "aimed")  # 确保全年收入增长|5%以上: no growth that was
    if _BOUND.search(around.left) or (_BELOW.search(around.left) and not _GROWTH.search(around.clause)):
        return None
    if (signed := _SIGN_IN_BRACKET.search(around.sentence + around.amount.value)) and around.right.startswith("）"):
        return Verdict("yoy_pct", "yoy_signed", -1 if signed["sign"] in "-－↓" else 1)
    if signed := _SIGN_BEHIND_WORD.search(around.sentence + around.amount.value):
        return Verdict("yoy_pct", "yoy_signed", -1 if signed["sign"] in "-－↓" else 1)
    bracket = _GROWTH_OF_BRACKET.search(around.sentence) if not around.left else None
    if bracket is not None and around.right.startswith("）"):
        return Verdict("yoy_pct", "yoy_in_bracket", -1 if bracket["down"] else 1, _basis(around))
    if sign := _sign_before_bracket(around):
        return Verdict("yoy_pct", "yoy_behind_amount", sign, _basis(around))
    to_last_year = around.base == "last_year" or changes.against_last_year(around.clause)
    sign = changes.direction(around.left) or (changes.changed(around.left) if to_last_year else 0)
    if not sign:
        return None
    if _against_other(around) or _of_difference(around):
        return Verdict("rate", "change_against_other", sign)
    return Verdict("yoy_pct", "yoy_percent", sign, _basis(around))


def _of_difference(around: Surroundings) -> bool:
    """比预算增加3亿元，增长|50%: the rate of that difference, if no base of its own is named."""
    if around.before != "amount" or not _WAY_ALONE.fullmatch(around.left):
        return False
    before = re.split("[，。；]", around.sentence.removesuffix(around.left).rstrip("，、"))[-1]
    return bool(_AGAINST_PLAN.search(before)) and bool(changes.difference(_FIGURE_END.sub("", before), based=True))


def _sign_before_bracket(around: Surroundings) -> int:
    """较上年减少5万元（17.1%）: which way the change went whose rate a bracket holds; 0 for other figures."""
    if around.left or around.before != "yoy_amount" or not around.right.startswith("）"):
        return 0
    change = _CHANGE_BEFORE_BRACKET.search(around.sentence)
    return changes.direction(change["words"]) if change is not None else 0


def _basis(around: Surroundings) -> tuple[str, ...]:
    """同口径增长4.2%；按可比口径测算，增加6亿元，增长5.2%；剔除退税因素，增长2.7%: in the clause, or before it."""
    told = _SAME_BASIS.search(around.clause) or _ON_SAME_BASIS.search(around.sentence)
    return ("same_basis",) if told else ()


def points(around: Surroundings) -> Verdict | None:
    """提高1.2个百分点: a difference of percentages, never a percentage."""
    return Verdict("rate", "points", changes.direction(around.left))


# ---------------------------------------------------------------------------------------------- money


_AGAINST_PLAN = re.compile(r"[比较与][^，。；（）]{0,20}(?:预算|年初|计划|目标|限额)")
# 比预算（260万元）|少支24万元
_AGAINST_BRACKET = re.compile(r"[比较](?!上年|去年|同期)[^，。；（）]{0,8}(?:预算|计划|目标|任务)数?（[^（）]*）$")
_OWN_FIGURES = ("actual", "amount", "outstanding", "balance", "share", "yoy_amount")


def base_of_percent(around: Surroundings) -> Verdict | None:
    """占年度预算 59325 万元的…%: the amount is the budget."""
    bracket = _BASE_IN_BRACKET.search(around.sentence) if around.right.startswith("）") else None
    if bracket is not None:
        measure: Measure = "adjusted_budget" if _ADJUSTED_BASE.search(bracket["base"]) else "budget"
        return Verdict(measure, "base_of_percent")
    if not _OF_PERCENT.match(around.right):
        return None
    if _ADJUSTED_BASE.search(around.left):
        return Verdict("adjusted_budget", "base_of_percent")
    if _BUDGET_BASE.search(around.left):
        return Verdict("budget", "base_of_percent")
    return None


def adjusted(around: Surroundings) -> Verdict | None:
    """调整为89850万元；调整预算数127717万元；变动预算…。"""
    raised = _RAISED_TO.search(around.left) and _ADDED_TO.search(around.sentence)  # 年初…，加上…，支出预算达到
    all_year = _ALL_YEAR.search(around.left)
    later = all_year and ("年初预算" in around.sentence or _ACCOUNT_BEHIND.match(around.right))
    if raised or later or _ADJUSTED_WORD.search(around.left):
        return Verdict("adjusted_budget", "adjusted")
    return None


def yoy_amount(around: Surroundings) -> Verdict | None:
    """增支3599万元；比上年增加87643万元；下降8.24%，减少662万元。"""
    sign = changes.direction(around.left)
    if around.before in ("budget", "adjusted_budget") and changes.moved(around.left):
        return None  # 由8亿元调整为7亿元，调减1亿元，调整后比上年增长2%: by how much the budget was moved
    if (
        not sign
        or _BOUND.search(around.left)
        or _against_other(around)
        or _AGAINST_BRACKET.search(around.sentence.removesuffix(around.left))
    ):
        return None
    if re.search(cue_regex("direction", "amount") + r"(?:了|约|额|为|近|超过?)*$", around.left):
        return Verdict("yoy_amount", "yoy_amount_word", sign, _basis(around))
    based = around.base == "last_year" or changes.against_last_year(around.clause) or around.before == "yoy_pct"
    # …增加2.3亿元，增长13.4%: the percentage right behind says what the amount is measured against
    if based or _PERCENT_BEHIND.match(around.right):
        return Verdict("yoy_amount", "yoy_amount_base", sign, _basis(around))
    return None


def difference(around: Surroundings) -> Verdict | None:
    """教育支出5亿元、增加3000万元: a change of the figure before it; 比年初预算增加3亿元: a difference of its own."""
    bracket = _AGAINST_BRACKET.search(around.sentence.removesuffix(around.left))
    other = _against_other(around) or bool(_AGAINST_PLAN.search(around.clause) or bracket)
    last_year = not other and (around.base == "last_year" or changes.against_last_year(around.clause))
    sign = changes.difference(around.left, last_year or other)
    if (
        around.before == "completion"
        and around.amount.rough.startswith("超")
        and re.fullmatch("[，、]?超过?", around.left)
    ):
        return Verdict("amount", "difference", 1)  # 为预算的102%，超1亿元
    told = ("budget", "adjusted_budget", "amount", "actual") if "核" not in around.left else ("adjusted_budget",)
    if around.before in told and (moved := changes.moved(around.left)):  # 送审5亿元，核减|1亿元: a thing of its own
        return Verdict("amount", "difference", moved)  # 由134亿元调整为135亿元，调增1亿元
    if moved := changes.moved_budget(around.left):
        return Verdict("amount", "difference", moved)  # 收入预算调减8365万元
    if not around.left and (beyond := _BEYOND_TARGET.search(around.sentence)):
        return Verdict("amount", "difference", 1 if beyond[0].startswith("超") else -1)
    if not sign:
        return None
    follows = around.before in (_OWN_FIGURES if not around.plan else (*_OWN_FIGURES, "budget"))
    if last_year or (follows and not other and changes.stands_alone(around.left)):
        return Verdict("yoy_amount", "yoy_amount_next", sign, _basis(around))
    return Verdict("amount", "difference", sign)


def budget(around: Surroundings) -> Verdict | None:
    """年初预算229070万元；收入预算141050万元；预算数394万元；批准的…收入为217300万元。"""
    if _OVER_BUDGET.search(around.left):
        return Verdict("amount", "over_budget")
    if _BUDGET_WORD.search(around.left):
        return Verdict("budget", "budget_word")
    if _APPROVED.search(around.clause):
        return Verdict("budget", "approved")
    if _ITEM_ALONE.search(around.left) and _still_approved(around.sentence):
        return Verdict("budget", "approved")
    if _TARGET_WORD.search(around.left) or (_TARGET_BEFORE.search(around.sentence) and around.right.startswith("）")):
        return Verdict("budget", "target_word")
    if _ARRANGED_FLOW.search(around.left):
        return Verdict("budget", "arranged")
    return None


def _still_approved(sentence: str) -> bool:
    """批准一般公共预算收入为66.93亿元，一般公共预算支出为97.29亿元: approval goes on until something was done."""
    approved = list(re.finditer(r"批准|批复|审议通过|审查批准", sentence))
    return bool(approved) and not re.search(
        r"[。；]|完成|执行|实际|调整|后|决算|发行|偿还", sentence[approved[-1].end() :]
    )


def state(around: Surroundings) -> Verdict | None:
    """限额、余额、结余、需求 say by themselves what the figure is."""
    if _NEEDED.search(around.left):
        return Verdict("amount", "needed")
    if _LIMIT_WORD.search(around.left) or _LIMIT_IN_BRACKET.search(around.sentence):
        return Verdict("limit", "limit_word")
    if _OUTSTANDING_WORD.search(around.left):
        return Verdict("outstanding", "outstanding_word")
    if _BALANCE_WORD.search(around.left):
        return Verdict("balance", "balance_word")
    return None


def planned(around: Surroundings) -> Verdict | None:
    """安排33527万元；拟安排…；预期…；确保全年完成…, and whatever a coming year's figure is."""
    aimed = _AIMED_AT.search(around.clause) and _TASK_BEHIND.match(around.right)
    if _HOPED.search(around.clause) or aimed or _AIM_BEHIND.match(around.right):
        return Verdict("budget", "planned", flags=("plan",))
    if _PLANNED_WORD.search(around.left) or (around.plan and _DONE_IN_PLAN.search(around.left)):
        return Verdict("budget", "planned", flags=("plan",))
    return None


@cache
def _done() -> re.Pattern[str]:
    return re.compile(
        rf"(?:完成|执行数?|决算数?|实现|实际(?:收入|支出|完成)?|支出|收入|入库|缴库|组织|支付|到位|达|征收|收缴){_LINK}$"
    )


def done(around: Surroundings) -> Verdict | None:
    """完成56917万元；实际支出…；执行数…。"""
    if around.plan or not _done().search(around.left):
        return None
    flags = ("estimated",) if re.search(cue_regex("stage", "estimated"), around.clause) else ()
    return Verdict("actual", "done", flags=flags, unspoken=bool(_FLOW_ALONE.search(around.left)))


_RULES: dict[str, tuple[Rule, ...]] = {
    "percent": (percent_of_budget, yoy_percent, share_of),
    "points": (points,),
    "times": (yoy_percent,),
    "rank": (),
    "count": (count_changed, count_planned),
    "money": (base_of_percent, adjusted, yoy_amount, difference, state, budget, planned, done),
}
