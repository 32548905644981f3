"""Follow-ups on what was told before: one reading of what they demand, then one way to do it.

demand    which of the rows told (第4个, 前三, 最后一名), how many of them, and what is to be made of them
figures   the figures that a dialogue told, as they still stand in the index
reckon    an operation on some of them: 差多少, 加起来, 占几成, 涨了百分之几, 哪个更多
rows      rows of the list before, by their places in it
whole     follow-ups that stand for a whole question: 换成市本级, 比卫生健康多多少, 那占比呢
anew      the figure just reckoned with one thing changed: 那市本级呢, 比城乡社区呢
shares    the shares of several, the share of a sum, of the place that came first
parts     a part of the figure told last: 其中一般债券呢
turn      the order in which these are tried
"""
