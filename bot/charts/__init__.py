"""Pictures of answers: trend, parts, comparison, ranking, budget to result, the four budgets of a place.

    Turn ──making──▶ Chart (values, labels, sources) ──drawing──▶ matplotlib Figure ──pictures──▶ PNG or SVG

``asking.drawn`` goes from words (画个图, 教育支出趋势图) to a picture, ``pictures.picture_of`` from an answer to bytes.
Nothing here reads text for figures: every value is a ``Shown`` of the answer.
"""
