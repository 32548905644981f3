"""The scenes of a second working day, in other words than the first (``day_scenes``): the same ways of writing them."""

from __future__ import annotations

from typing import Final

SECOND: Final[dict[str, str]] = {
    "21_morning": """
安娜：早上好呀
安娜：帮我查查上党区去年教育花了多少钱
安娜：上党23年教育花了几个亿
安娜：嗯嗯知道了
安娜：卫健呢
安娜：跟前一年比怎么样
安娜：预算安排了多少，完成得怎么样
安娜：okk 多谢
安娜：社保就业那块也说一下
安娜：两个数哪个对
安娜：写材料用，来一段话
安娜：西工区2023年总体情况
安娜：写成材料
""",
    "22_several": """
安娜：想了解两件事：解放区2023年税收收入完成多少？政府性基金支出多少？
安娜：再问一个，债务余额
安娜：上党区2023年公共安全、农林水、交通运输各花了多少
安娜：哪个最多
安娜：加起来多少
安娜：西工区的一般公共预算收入和支出，还有债务限额
安娜：那解放区呢
""",
    "23_acts": """
安娜：解放区2023年一般公共预算收入
安娜：用亿表示
安娜：能细说一下吗
安娜：这数哪儿来的呀
安娜：把原件发我看看
安娜：导成excel吧
安娜：给我画张柱状图
安娜：好像不太对
安娜：算了没事
安娜：支出
安娜：图
""",
    "24_wrong_commands": """
安娜：/query 上党区教育支出
安娜：/Q 上党区2023年国防支出
安娜：/trend
安娜：/rank
安娜：/compare 上党区
安娜：／help
安娜：帮助
安娜：/watch
安娜：/glossary 三公
安娜：/drafts
安娜：/q@yusuan_test_bot 西工区2023年政府债务余额
""",
    "25_tongues": """
安娜：what is the debt balance of Xigong district in 2023?
安娜：xigongqu 2023 nian zhengfu zhaiwu yu'e
安娜：shangdang jiaoyu
安娜：ok thanks
安娜：XIGONG DEBT
安娜：上党区2023年education支出
安娜：解放區２０２３年一般公共預算收入
""",
    "26_group": """
安娜 群：@yusuan_test_bot 上党区2023年国防支出花了多少？公共安全呢？
鲍里斯 回：辛苦了[抱拳]
鲍里斯 回：前者占比多少
安娜 群：谁知道解放区2023年收入增长多少
鲍里斯 回同事：@yusuan_test_bot
鲍里斯 回：@yusuan_test_bot
安娜 回：收到，谢谢！
安娜 群：/q
鲍里斯 群图：解放区2023年一般公共预算支出 @yusuan_test_bot
安娜 回：换成元
鲍里斯 话题：/q 西工区2023年税收
鲍里斯 回：图
""",
    "27_edits": """
安娜：上当区2023年教育支出
安娜 改：上党区2023年教育支出
安娜：同比增长几个点
安娜 改：增长了多少钱
安娜 图：西工区2023年一般公共预算支出，还有完成率
安娜：占收入比例
安娜：为啥降了
""",
    "28_inline": """
安娜 行内：shangdang jiaoyu
安娜 行内：解放区2023 收入
安娜 行内：
安娜 行内：四本账 西工区
""",
    "29_admin": """
王：有没有新报告要处理
王 报告：北湖区2023年决算.txt
王：先不采用
王：/drafts
王 按：打开 1
王 按：采用
王：南湖区去年教育
王：不对吧，我记得是1.3亿
王：/misses
王：/audit
王：/export 南湖区 2023 csv
王：/link 北湖区2023年决算.txt https://czj.example.gov.cn/2023.html
王：南湖区2023年教育支出
王：/rollback
王：/conflict
""",
    "30_astray": """
安娜：西工区2023年教育支出
安娜：比上年多花还是少花
安娜：别的地方呢
安娜：全市的呢
安娜：那上党区
安娜：这个数靠谱吗
安娜：算算人均
安娜：领导又催了
安娜：再说一遍
安娜：公共安全
安娜：两个加起来
安娜：第三个呢
安娜：哪个多
安娜：长治各县区2023年一般公共预算收入最高的前三个县
安娜：最低的呢
安娜：有哪些科目
安娜：更多
""",
    "31_elsewhere": """
安娜 作客：@yusuan_test_bot 上党区2023年教育支出
安娜 作客：@yusuan_test_bot
安娜 作客：@yusuan_test_bot 谢谢
鲍里斯 作客：@yusuan_test_bot 西工区2023年财政怎么样
鲍里斯 作客：@yusuan_test_bot 上党区2023年国防支出多少？公共安全支出多少？
""",
}
