"""What the ends of a line tell: does it begin a heading, end a sentence, break off inside a figure?

starts_heading("（一）2023年预算收支情况")  True      hangs("占年度预算35853")  True
starts_heading("1.2亿元")               False     continues("35853", "万元的213.36%")  True
"""

from __future__ import annotations

import re
import unicodedata

CHINESE = "一二三四五六七八九十百零〇两"
HEADING = re.compile(
    rf"""^(?:
      第\s*[{CHINESE}\d]{{1,4}}\s*(?:部分|章|节|编|篇)
    | [{CHINESE}]{{1,4}}\s*、(?![{CHINESE}]\s*[、产])          # 一、 but not 一、二、三产业
    | [（(]\s*[{CHINESE}]{{1,4}}\s*[）)]
    | [（(]\s*\d{{1,2}}\s*[）)]
    | \d{{1,2}}\s*、(?!\s*\d{{1,2}}\s*(?:月|日|、|季度))
    | \d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}\s+(?![万亿元个])[\u4e00-\u9fff“（]   # 1.1 一般公共预算收入
    | [壹贰叁肆伍陆柒捌玖拾]{{1,2}}[、.．\s]\s*(?=[\u4e00-\u9fff\d])
    | \d{{1,2}}\s*[.．:：](?:(?=\s*(?:19|20)\d\d\s*年)|(?![\s\d]*\d))   # 1.2023年… but not 1.2亿元
    | \d{{1,2}}[）)](?!\s*[，。、；])
    | [①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳]
    | [【](?=[^】]{{1,30}}】)
    | 附\s*件\s*[\d{CHINESE}]{{1,2}}(?![\s\d{CHINESE}]*[，。、）)])
    | 附\s*[件表录注](?:\s*[\d{CHINESE}]{{0,3}})\s*[:：]
    | 表\s*[\d{CHINESE}]{{1,3}}\s*[:：、\s]
    )""",
    re.VERBOSE,
)
APART = re.compile(
    r"""^(?:
      [（(]?\s*(?:金额|计量|货币)?\s*单\s*位\s*[:：].{1,20}           # 单位：万元
    | (?:19|20)\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?           # a date alone
    | 二[〇○0０零][〇○0０零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?
    | 各位(?:代表|委员)[^，。]{0,12}[:：，,！!]?
    )$""",
    re.VERBOSE,
)
UNIT = r"(?:[%％‰]|个?\s*百\s*分\s*点|[万亿]\s*元|元(?!旦|宵|月|素)|[万亿](?!众|一|事|科)|平方|公里|人次|万人|户次|倍)"
CONTINUES = re.compile(rf"^(?:[，。、；：！？,;%％‰）)】》”’]|\.\d|{UNIT})")
AFTER_DIGIT = re.compile(rf"^(?:{UNIT}|[年月日个人户项次亩吨所座名家条件辆处套公平]|[.．,，]\s*\d|\d)")
BARE_NUMBER = re.compile(r"^[-－+]?\d[\d,，.．]*\s*(?:[%％]|[万亿]?元|个百分点)?[，。；、]?$")
DIGIT_END = re.compile(r"\d[.．,，]?$")
NOTE = r"(?:[（(][^（）()]{1,20}[）)])?"  # 结转下年使用。（详见附表4）
SENTENCE_END = re.compile(rf"[。；！？!?;：:]{NOTE}[”’」』）)\]】》\"]*$|…$|(?<=[\u4e00-\u9fff”）)])[.．]$")
SENTENCE_LAST = tuple('。；！？!?;：:”’」』）)]】》"….．\n')  # one of these is its last character
HANGING_END = re.compile(r"(?:[，,、（(《〔\[“‘\-－—+×/~～]|\d[.．,]?|[的为和与及或至占较比将把对从由于]|其中|同比)$")
HANGING_VERB = re.compile(r"(?:增长|下降|完成|达到|增加|减少|实现)$")
NEAR = 40  # characters between a bracket and its end
PAIRS = (("（(", "）)"), ("《", "》"), ("“", "”"), ("〔[", "〕]"))
INNER_SENTENCE = re.compile(r"[。；]|\d\s*[万亿]?元|\d\s*[%％]")
# ——2024年1月23日在西工区第十五届人民代表大会第四次会议上
OCCASION_BEGIN = re.compile(r"^[-—－（(]{1,3}\s*(?:在|\d{4}\s*年)[^，。；]{2,50}$")
OCCASION = re.compile(r"^[-—－（(]{1,3}\s*(?:在|\d{4}\s*年)[^，。；]{2,60}(?:上|通过|审议)\s*[）)]?$")
TITLE_WORD = r"(?:报告|草案|说明|决议|公报|摘要)\s*[）)》]?(?:\s*[（(][^（）()]{1,8}[）)])?\s*$"
TITLE_END = re.compile(TITLE_WORD)
TITLE_BEGIN = re.compile(r"^(?:关于|.{2,20}(?:关于|财政局|人民政府)).*")
TITLE_REST = re.compile(rf"^[和及与暨]|{TITLE_WORD}")
MD_HEAD = re.compile(r"^\s*#{1,6}\s+")
MD_LIST = re.compile(r"^\s*(?:[-*+•●■◆▪➢]|\uf06c|\uf0b7)\s+(?=\S)")
MD_BOLD = re.compile(r"\*\*(?!\s*(?:[万亿]|元|%|％|个|户|人|\*))([^*\n]+?)\*\*")
MD_BOLD_ALONE = re.compile(r"^\s*\*\*[^*]+\*\*\s*$")
MD_BOLD_START = re.compile(r"^\s*\*\*(?!\s*(?:[万亿]|元|%|％|个|\*))[^*\n]+\*\*")
MD_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$")
BLANK = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\ufeff\u200b"


def strip_markup(line: str) -> tuple[str, bool, bool]:
    """A line without markdown marks and outer blanks; does the mark make it begin, does it make it end a paragraph?"""
    if MD_RULE.match(line):
        return "", True, True
    head = tail = False
    text, marks = MD_HEAD.subn("", line)
    if marks:
        head = tail = True
    text, marks = MD_LIST.subn("", text)
    head = head or bool(marks)
    head = head or bool(MD_BOLD_START.match(text))
    tail = tail or bool(MD_BOLD_ALONE.match(text))
    text = MD_BOLD.sub(r"\1", text)
    return text.strip(BLANK).strip(), head, tail


def width(text: str) -> int:
    """Printed width in half-ems; blanks between Chinese and digits count little and are left out."""
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """Widths of characters as they are asked for."""

    def __missing__(self, char: str) -> int:
        width = 0 if char in BLANK else 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        self[char] = width
        return width


_WIDTHS = _Widths()


def starts_heading(text: str) -> bool:
    """Does the line begin with a heading number?  一是 is none: it goes on in prose."""
    return bool(HEADING.match(text))


def is_apart(text: str) -> bool:
    """Lines that never join a neighbour: unit lines, dates alone, forms of address."""
    return bool(APART.match(text))


def is_bare_number(text: str) -> bool:
    """A line that is nothing but one figure."""
    return bool(BARE_NUMBER.match(text))


def ends_sentence(text: str) -> bool:
    """Does the line end in a mark after which a paragraph may end?"""
    return text.endswith(SENTENCE_LAST) and bool(SENTENCE_END.search(text))


def continues(last: str, line: str) -> bool:
    """Can ``line`` only be the rest of ``last``: a unit, a percent sign, a closing mark, the rest of a number?"""
    if ends_sentence(last):
        return False
    if DIGIT_END.search(last):
        return bool(AFTER_DIGIT.match(line)) and not starts_heading(line)
    return bool(CONTINUES.match(line))


def hangs(text: str) -> bool:
    """Does the text break off: inside a figure, after a comma or a 的, with a bracket open?"""
    return any(count > 0 for count in unclosed(text)) or breaks_off(text)


def breaks_off(text: str) -> bool:
    """The same, but for brackets: what its last characters say."""
    if HANGING_END.search(text, max(0, len(text) - NEAR)):
        return True
    return bool(HANGING_VERB.search(text, max(0, len(text) - NEAR))) and not starts_heading(text)


def unclosed(text: str) -> tuple[int, ...]:
    """How many brackets of each pair are open at its end."""
    return tuple(_count(text, opening) - _count(text, closing) for opening, closing in PAIRS)


def closes(text: str, line: str) -> bool:
    """Does the line close a bracket that the text opened?  …（表 | 十三、表十四）"""
    for (opening, closing), count in zip(PAIRS, unclosed(text[-NEAR:]), strict=True):
        if count > 0:
            found = [char for char in line[:NEAR] if char in opening + closing]
            return bool(found) and found[0] in closing
    return False


def _count(text: str, signs: str) -> int:
    return sum(map(text.count, signs))


def is_title_end(text: str) -> bool:
    """Ends like a title (报告, 草案, 说明 …) or like the line below it (……会议上), and is short enough for one."""
    return len(text) <= 80 and bool(TITLE_END.search(text) or OCCASION.match(text))


def title_goes_on(text: str, line: str) -> bool:
    """A title broken in the middle: 关于某区2023年财政预算执行情况 | 和2024年财政预算（草案）的报告."""
    if len(text) > 60 or len(line) > 45 or re.search(r"[，。；：]", text + line):
        return False
    if OCCASION_BEGIN.match(text) and not OCCASION.match(text):
        return bool(OCCASION.match(text + line))
    return bool(TITLE_BEGIN.match(text)) and not is_title_end(text) and bool(TITLE_REST.search(line))


def closes_nothing(text: str) -> bool:
    """A heading: numbered, short, without figures and without a loose end."""
    return len(text) <= 40 and starts_heading(text) and not hangs(text) and not INNER_SENTENCE.search(text)
