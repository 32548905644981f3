"""A question and the question before it -> the complete query and its Answer.

    "同比呢" after 上党区2023年教育支出 -> 上党区 · 2023 · 教育支出 · yoy_pct, 6.75%

understand -> merge with the dialogue -> the way its shape asks for -> Answer; a refusal keeps what was understood
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from index.ask import about_index, overview_turn, refuse, wording
from index.ask.acts import answer_said, of_english
from index.ask.balances import left_of_account
from index.ask.both_sides import of_account, of_verb
from index.ask.both_told import both_told, told_doubted
from index.ask.choosing import choice
from index.ask.compose import answer_called, answer_compose, answer_largest_part, whole_alone, without_parts
from index.ask.defaults import of_the_budget, only_region, place_of_name
from index.ask.derive import places_asked, rounded_to
from index.ask.dialogue import merge, remembered
from index.ask.effort import TooMuchAsked, bounded
from index.ask.exclusive import put_in_place
from index.ask.heard import heard
from index.ask.in_turn import as_dialogue, asked_in, each_clause, leaves_some
from index.ask.includes import answer_includes
from index.ask.inherited import is_ratio_for_money, of_any_stage, of_told_unit, share_said
from index.ask.levels import both_levels, not_its_level, of_other_level, with_its_city
from index.ask.mentioned import or_bracketed
from index.ask.named import FLOWS
from index.ask.nothing_asked import asks_nothing, is_speech, is_talk
from index.ask.of_body import of_the_body
from index.ask.operands import answer_by_name, answer_things
from index.ask.operations import asked_for, met
from index.ask.overview_words import asks_next
from index.ask.paper_view import noted, of_documents, papers_of_only_body, within_matters, within_papers
from index.ask.per_head import answer_per_head, as_printed, asks_per_head
from index.ask.plan import answer_lookup
from index.ask.query import Query
from index.ask.question import LONGEST, understand
from index.ask.quote import answer_quote
from index.ask.ranking.among import answer_among_items
from index.ask.ranking.each import answer_each_member
from index.ask.ranking.elsewhere import answer_elsewhere
from index.ask.ranking.first import answer_everywhere, answer_first
from index.ask.ranking.order import says_first
from index.ask.ranking.per_head import answer_per_head_order
from index.ask.ranking.place import among_apart, answer_which_place, still_ranked
from index.ask.ranking.within import answer_within
from index.ask.ranking.years import answer_which_year
from index.ask.reading import asks_uncomputed, bare, is_no_relation, read
from index.ask.reckoning import answer_any, answer_reckoned
from index.ask.remarks import after_speech, without_remarks
from index.ask.row_named import answer_of_body, row_in_full
from index.ask.search import Search
from index.ask.select import OF_ANYBODY
from index.ask.shortened import shortened
from index.ask.summing import below, held_in_another
from index.ask.talk import said
from index.ask.telling import answer_text
from index.ask.told.figures import counts_from_today, held, told_by, year_before, year_told
from index.ask.told.parts import answer_beside_told, answer_part, repeats_whole
from index.ask.told.reckon import answer_told
from index.ask.told.rows import picks_again
from index.ask.told.shares import together
from index.ask.told.turn import of_told
from index.ask.told.whole import asks_each_share, in_full, only_apart, share_again, shares_in_account
from index.ask.vocabulary import asking_pattern, has, spoken, words
from index.ask.whether import decided, other_way
from index.ask.why import asks_why, bared, still_why
from index.ask.wider_place import around_members, in_one_inside, in_the_city, with_row_apart
from index.models import Answer


def reply(search: Search, question: str, last: Query | None) -> tuple[Query | None, Answer]:
    """The complete query (None: forget nothing, keep nothing) and its answer."""
    try:
        with bounded(), rounded_to(places_asked(question)):
            return _answered(search, question, last)
    except TooMuchAsked:
        return None, refuse.too_much()


def _answered(search: Search, question: str, last: Query | None, *, whole: bool = True) -> tuple[Query | None, Answer]:
    """``whole``: a message, not one part of it by itself."""
    if what := said(question):
        if what.kind == "english" and (read := of_english(search, question, partial(_answered, search, last=last))):
            return read
        return answer_said(search, what, last, lambda query: again(search, query))
    if meant := choice(search, question, last):
        question, last, once_more = meant
        if once_more:
            return last, once_more
    if last is not None and (other := put_in_place(question, last.text)) != question:
        of_other = _answered(search, other, last, whole=whole)
        if of_other[1].status == "answered":
            return of_other
    if last is not None and whole and (turns := each_clause(search, question, last, partial(_answered, whole=False))):
        return turns
    question = in_full(search, question, last)
    if inside := answer_includes(search, question, last, partial(_answered, search)):
        return inside
    if last is not None:
        ways = partial(_answered, search), partial(again, search)
        told = told_doubted(search, question, last) or of_told(search, question, last, *ways)
        if isinstance(told, tuple):
            return told
        question = told
    query, answer = _replied(search, question, last)
    if query is None:
        return None, answer
    query, answer = _as_heard(search, query, answer, last)
    query, answer = _without_remarks(search, query, answer, last)
    if doubting := both_told(search, question, query, answer, partial(_replied, search, last=last)):
        query, answer = doubting
    elif whole and (turns := as_dialogue(search, query, answer, last, partial(_answered, whole=False))):
        return turns
    query, answer = decided(search, question, query, answer, partial(_replied, search, last=last))
    answer = other_way(search, question, answer)
    if last is not None and answer.status == "not_found" and not answer.figures and is_speech(search, question):
        return None, about_index.not_understood()
    if last is not None and only_apart(question) and not any(one.derived for one in answer.figures):
        return None, refuse.which_two(search, last)
    if last is not None and answer.status == "not_found":
        query = _unspoiled(search, query, last, question)
    return remembered(replace(query, told=year_told(query, answer), figures=told_by(answer)), last), answer


def _as_heard(search: Search, query: Query, answer: Answer, last: Query | None) -> tuple[Query, Answer]:
    """The answer to the question with words put right that no report of the place has, if that is one."""
    if not leaves_some(answer) or answer.status == "clarify":
        return query, answer
    if (found := heard(search, query) or shortened(search, query)) is None:
        return query, answer
    other, told = _put_otherwise(search, *found, last, (query, answer))
    lost = asked_for(query) not in (None, asked_for(other))  # 每户补贴 put right as 每护补贴: what was asked is lost
    return (query, answer) if lost else (other, told)


def _without_remarks(search: Search, query: Query, answer: Answer, last: Query | None) -> tuple[Query, Answer]:
    """The answer to the question without what is only remarked behind it, if that is one."""
    if answer.status != "not_found" or (found := without_remarks(query, search.atlas)) is None:
        return query, answer
    return _put_otherwise(search, *found, last, (query, answer))


def _put_otherwise(
    search: Search, text: str, note: str, last: Query | None, before: tuple[Query, Answer]
) -> tuple[Query, Answer]:
    """The answer to other words for a question, with a note of it, where that tells more than the answer before."""
    query, answer = _replied(search, text, last)
    if query is None or answer.status != "answered" or asked_in(answer) <= asked_in(before[1]):
        return before
    return query, wording.noted(answer, note) if note else answer


def _unspoiled(search: Search, query: Query, last: Query, question: str) -> Query:
    """What the next follow-up goes on from after a refusal: not from a level that does not fit the place (全市 of a
    district), nor from words of speech in the place of an item (别的地方呢).
    """
    if not_its_level(search, query):
        query = replace(query, scope="", scope_words="")
    if query.measures == ("share",) and query.items:  # 税收占多少, which no report says | 三公经费: not its share
        query = replace(query, measures=(), kind="", masked="")
    words_alone = query.chunks and not query.items and last.items
    spoken_words = bool(spoken() & set(question.strip("，。？?！! ").removeprefix("那").removesuffix("呢")))
    if not words_alone or not spoken_words or any(word.endswith(FLOWS) for word in query.chunks):
        return query
    return replace(query, items=last.items, chunks=last.chunks, content=last.content, joint=last.joint)


def again(search: Search, query: Query) -> Answer:
    """The answer to a complete query once more."""
    if query.shape == "overview" and query.regions and query.periods:
        return overview_turn.again(search, answering(search), query)
    if not query.regions:
        return answer_everywhere(search, query) or refuse.which_place(search, query)
    if query.reckoned and (told := answer_told(search, query.reckoned, query, query.earlier)):
        return told
    if query.reckoned and (told := picks_again(search, query, partial(again, search))):
        return told
    search = within_papers(search, query.documents)
    return answer_text(search, query) or _by_shape(search, query, query.earlier)


def answering(search: Search) -> Callable[[str], Answer]:
    """Answers single questions, each by itself: what the cells of an overview are filled with."""
    return lambda question: _replied(search, question, None)[1]


def _replied(search: Search, question: str, last: Query | None) -> tuple[Query | None, Answer]:
    if not search.atlas.documents:
        return None, about_index.answer_about(search)
    if not question.strip() or len(question) > LONGEST * 4:
        return None, about_index.friendly(search)
    question = after_speech(question, search.atlas, clauses=True)
    if last is not None and asking_pattern("part", "takes_in").match(question):  # 三公经费多少 | 里面买车占多少
        question = asking_pattern("part", "takes").sub("有多少", question)
    around, calendar = (last.regions, counts_from_today(last)) if last else ((), False)
    understood = understand(question, search.atlas, around, year_before(last), calendar=calendar)
    understood = _chosen(search, understood, last)
    if last is not None:
        understood = bare(search, understood)
        understood = among_apart(still_why(understood, last))
        understood = bared(understood) if asks_why(understood.text) else understood
    last = around_members(search, understood, last)
    if not understood.bounds and (taken := overview_turn.take(search, understood, last, answering(search))):
        return taken
    if last is not None and (asks_next(understood.text) or (not understood.chunks and asks_nothing(understood))):
        return None, about_index.not_understood()  # 领导又催了: the answer before is not what it asks for
    query = left_of_account(still_ranked(merge(understood, last), last), last)
    query = of_the_body(of_the_budget(replace(query, documents=of_documents(query, understood, last))))
    search = within_papers(search, query.documents)
    if query.shape == "about":
        return None, about_index.answer_about(search, query.regions)
    if answer := answer_text(search, query):
        return (replace(query, measures=(), kind="", masked="") if asks_why(query.text) else query), answer  # of 降幅
    if is_talk(query, last) or (understood.empty and any(word in understood.text for word in words("refuse", "talk"))):
        return None, about_index.friendly(search)
    if query.unknown and not query.regions:
        if parted := with_row_apart(search, query):
            return _replied(search, parted, last)
        if query.members and (inside := answer_everywhere(search, query)):  # 嘉兴市哪个县最多, of which 县 are held
            return replace(query, shape="rank"), inside
        return _of_the_city(search, query) or (query, refuse.unknown_place(search, query))
    if not query.regions and not query.choices:
        only = only_region(search)
        if only is not None:
            query = replace(query, regions=(only,))
        elif (named := place_of_name(search, query)) is not None:
            note = f"没有说地区，只有{search.atlas.full_name(named)}的报告里有这个名称"
            query = replace(query, regions=(named,), notes=(*query.notes, note))
    if not query.regions:
        ranking = answer_everywhere(search, query)
        if ranking is None and query.bounds and query.members and not (query.items or query.unknown):
            return query, refuse.which_of_all(query)
        return (replace(query, shape="rank"), ranking) if ranking else (query, refuse.which_place(search, query))
    return _in_place(search, understood, query, last)


def _in_place(search: Search, understood: Query, query: Query, last: Query | None) -> tuple[Query | None, Answer]:
    """The answer to a query whose places are known."""
    if not understood.scope and (not_its_level(search, query) or of_other_level(search, understood, last)):
        query = replace(query, scope="", scope_words="")
    if "rank" in query.measures and not_its_level(search, query):  # 在各县里排第几 | 全省呢
        query = replace(query, scope="", scope_words="")
    query = of_verb(with_its_city(search, query))
    if strange := not_its_level(search, query):
        return query, refuse.wrong_level(search, query, strange)
    if shares := share_again(search, query, share_said(last) if last else None):
        query = replace(query, items=shares[1], joint=True)
        return query, _replied(search, shares[0], None)[1]
    if last is not None and (part := answer_part(search, understood, query, last)):
        return query, part
    if asks_each_share(query) and (each := _share_in_account(search, replace(query, measures=("share",)))):
        return query, each
    answer = _by_shape(search, query, last)
    told = held(search, last) if last is not None else []
    if last and answer.status == "not_found" and (freed := of_any_stage(understood, query, last, told)):
        of_stage = _by_shape(search, freed, last)
        query, answer = (freed, of_stage) if of_stage.status == "answered" else (query, answer)
    if answer.status == "not_found" and (sides := of_account(query)):
        of_both = _by_shape(search, sides, last)
        query, answer = (sides, of_both) if of_both.status == "answered" else (query, answer)
    if answer.status == "not_found" and asked_for(query) is None:  # 占比提高了几个点: no share is that
        answer = _share_in_account(search, query) or answer
    given = search.facts_of(answer) if last is not None and answer.status == "answered" else []
    if counted := of_told_unit(understood, query, told, given):
        of_unit = _by_shape(search, counted, last)
        again_told = {one.id for one in search.facts_of(of_unit)} & {one.id for one in told}  # no other thing's
        if of_unit.status == "answered" and not again_told:
            query, answer = counted, of_unit
        elif counted.count_word in OF_ANYBODY:  # 小学生多少 (15万人) | 普高的呢: its 54所 are none
            return counted, _nothing(search, counted)
    given = search.facts_of(answer) if last is not None and answer.status == "answered" else []
    if last is not None and (repeats_whole(understood, answer, last) or is_ratio_for_money(understood, told, given)):
        return query, _nothing(search, query)
    unread = not query.bounds and (answer.status == "not_found" or is_no_relation(search, query, answer))
    ask = partial(_answered, search, whole=False)
    if not query.bounds and (made := answer_things(search, query, answer, last, ask, unread=unread)):
        return query, made
    if made := answer_by_name(search, query, answer, last, ask):
        return query, made
    if unread and (reckoned := answer_any(search, below(search, query), query)):
        return query, reckoned
    if unread and answer.status == "answered" and any(word in query.text for word in ("比", "还是", "减去")):
        return query, _nothing(search, query)  # one of two that are set against one another is no answer
    if last is not None and (nearer := answer_beside_told(search, understood, query, last, answer)):
        return query, nearer
    if answer.status == "not_found" and (wider := _of_the_city(search, query) or _of_only_body(search, query)):
        return wider
    if answer.status != "answered" and (ranking := answer_elsewhere(search, understood, query, last)):
        return ranking
    return query, refuse.unknown_beside(query, answer)


def _share_in_account(search: Search, query: Query) -> Answer | None:
    """税收收入 | 那占比呢: of the revenue that it is a part of; of several items each."""
    answers = [_replied(search, question, None)[1] for question in shares_in_account(search, query)]
    if not answers or any(answer.status != "answered" for answer in answers):
        return None
    return together(answers)


def _of_the_city(search: Search, query: Query) -> tuple[Query, Answer] | None:
    """What the city's report says of a place inside it of which nothing is held by itself, or under one such."""
    wider = in_the_city(search, query) or in_one_inside(search, query)
    answer = _by_shape(search, wider, None) if wider else None
    return (wider, answer) if wider and answer and answer.status == "answered" else None


def _of_only_body(search: Search, query: Query) -> tuple[Query, Answer] | None:
    """What the one body says of its own matters of whose papers alone anything is held of the place."""
    owner, documents = papers_of_only_body(search, query)
    answer = _by_shape(within_matters(search, documents), query, None) if documents else None
    return (query, noted(owner, answer)) if answer and answer.status == "answered" else None


def _chosen(search: Search, query: Query, last: Query | None) -> Query:
    """鼓楼区教育支出 | 徐州的: the one of the choices that lies there."""
    if last is None or not last.choices or not query.unknown:
        return query
    place = query.unknown.removesuffix("市")
    codes = tuple(code for code in last.choices if place in search.atlas.full_name(code))
    return replace(query, regions=codes, unknown="") if len(codes) == 1 else query


def _by_shape(search: Search, query: Query, last: Query | None) -> Answer:
    if query.bounds:
        return answer_within(search, query)
    if asks_per_head(query):
        if each := answer_per_head_order(search, query):
            return each
        if (own := as_printed(query)) and (told := _looked_up(search, own)).status == "answered":
            return told
        plain = replace(query, chunks=(), content=tuple(item.text for item in query.items))
        return answer_per_head(search, query, _looked_up(search, plain))
    if named := answer_of_body(search, query):
        return named
    if asked := read(search, query, last):
        return row_in_full(search, query, answer_reckoned(search, asked, query, lambda: _looked_up(search, query)))
    answer, held = _looked_up(search, query), held_in_another(query)
    return wording.noted(answer, held) if held and answer.status == "answered" else answer


def _looked_up(search: Search, query: Query) -> Answer:
    answer = or_bracketed(search, query, _plainly(search, query))
    return row_in_full(search, query, both_levels(query, met(search, query, answer)))


def _plainly(search: Search, query: Query) -> Answer:
    if not (query.items or query.content) and not (query.shape == "rank" and query.of_items):
        return refuse.which_item(search, query, query.regions[0])
    if answer := answer_which_year(search, query) or answer_which_place(search, query):
        return answer
    if query.shape == "rank" and query.absent:  # 晋城和邯郸谁多, of which one is not held
        alone = replace(query, shape="lookup", members=False, direction="", notes=())
        return refuse.not_compared(search, query, answer_lookup(search, alone))
    if query.shape == "rank":
        if answer := answer_among_items(search, query) or answer_first(search, query):
            return answer
        own = bool(has(query.text, "shape", "members"))
        if len(query.regions) > 1:  # 谁多, of two of which one has no figure
            of_each = answer_lookup(search, replace(query, shape="compare", members=False, direction=""))
            return refuse.not_compared(search, query, of_each)
        if query.members and (own or search.atlas.inside(query.regions[0])):
            return refuse.no_members(search, query)
        if query.members:  # 各县排名 | 那上党区: that place's
            return answer_lookup(search, replace(query, shape="lookup", members=False, direction=""))
        answer = answer_lookup(search, query)
        if query.direction and answer.status != "answered" and (listed := answer_called(search, query)):
            return listed
        if not query.direction or says_first(answer):
            return answer
        return (
            answer_largest_part(search, query) or whole_alone(query, answer) or refuse.no_order(search, query, answer)
        )
    if each := answer_each_member(search, query):
        return each
    if query.shape == "compose":
        told = answer_compose(search, query) or answer_called(search, query)
        return told or without_parts(query, answer_lookup(search, query))
    if query.shape == "quote":
        told = answer_quote(search, query)
        return told or (answer_lookup(search, query) if query.items else _nothing(search, query))
    if asks_uncomputed(query.text):  # 收入增幅比支出增幅高多少: neither of them answers
        return _nothing(search, query)
    answer = answer_lookup(search, query)
    if answer.status == "not_found" and (query.shape == "define" or has(query.text, "shape", "telling")):
        return answer_quote(search, query) or answer
    return answer


def _nothing(search: Search, query: Query) -> Answer:
    return refuse.not_there(search, query, query.regions, query.periods)
