"""Decision trees made at random, as large as wanted, for tests and measurements."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from guidebook.content import model
from guidebook.content.handbook import Handbook

URGENCIES = ["calm", "soon", "now"]
FLAGS = ["red", "blue", "green"]
NEAR = 6
"""How many questions back a condition reads; ticks are read from anywhere."""
DAY = date(2026, 11, 22)


def random_tree(
    random: Random, *, questions: int, outcomes: int, ticks: int, options: int = 3, back: int = 0
) -> Handbook:
    """A tree; `ticks` of its questions take several of `options` answers.

    Without answers and routes that lead `back`, it has no loops. With them somebody may come round or not.
    """
    asked = [f"q{place}" for place in range(questions)]
    ends = [f"o{place}" for place in range(outcomes)]
    many = set(random.sample(asked, ticks))
    made: dict[str, model.Question] = {}
    for place, name in enumerate(asked):
        later = [*asked[place + 1 : place + 12], *random.sample(ends, min(3, len(ends)))]
        # A chain keeps every question within reach of the start.
        onward = asked[place + 1] if place + 1 < questions else random.choice(ends)
        made[name] = _question(random, name, made, later, onward, several=name in many, options=options)
    for _ in range(back):
        random.choice([_lead_back, _in_either_order])(random, made, ends)
    results = {name: _outcome(random, name, made) for name in ends}
    tree = model.Tree(
        id="tree",
        file="content/decision-tree/tree.yml",
        title="Tree",
        description="Tree",
        intro=["Tree"],
        start="q0",
        longest=questions,
        flags=[model.Flag(id=flag, title=flag) for flag in FLAGS],
    )
    return Handbook(guide=_guide(), questions=made, outcomes=results, tree=tree)


def _question(  # noqa: PLR0913 (all of them make one question)
    random: Random,
    name: str,
    earlier: dict[str, model.Question],
    later: list[str],
    onward: str,
    *,
    several: bool,
    options: int,
) -> model.Question:
    count = options if several else random.randint(2, 4)
    found = [
        model.Option(
            id=f"a{place}",
            label=f"Answer {place} of {name}",
            flags=random.sample(FLAGS, random.random() < 0.2),
            next=random.choice(later) if not several and random.random() < 0.7 else None,
        )
        for place in range(count)
    ]
    near = list(earlier)[-NEAR:]
    read = {
        **{other: question for other, question in earlier.items() if question.takes_many or other in near},
        name: _bare(name, found),
    }
    routes = [
        _route(_condition(random, read), random.choice(later)) for _ in range(random.choice([0, 0, 1, 2]))
    ]
    return _bare(name, found, several=several, routes=[*routes, model.Route(to=onward)])


def _in_either_order(random: Random, made: dict[str, model.Question], ends: list[str]) -> None:
    """Let two of these questions follow each other in an order that an earlier answer decides."""
    single = [place for place in range(len(made) - 2) if not made[f"q{place}"].takes_many]
    if not single:
        return
    place = random.choice(single)
    decides = made[f"q{place}"]
    one, other = (made[f"q{later}"] for later in sorted(random.sample(range(place + 1, len(made)), 2)))
    first = zip(decides.options, (one, other), strict=False)
    chosen = [option.model_copy(update={"next": asked.id}) for option, asked in first]
    made[decides.id] = decides.model_copy(update={"options": [*chosen, *decides.options[2:]]})
    for asked, then, answers in ((one, other, ("a0", "a1")), (other, one, ("a1", "a0"))):
        steps = zip(answers, (then.id, random.choice(ends)), strict=True)
        routes = [_route({"question": decides.id, "answer": answer}, to) for answer, to in steps]
        options = [option.model_copy(update={"next": None}) for option in asked.options]
        made[asked.id] = asked.model_copy(update={"options": options, "next": [*routes, *asked.next]})


def _route(condition: dict[str, Any], to: str) -> model.Route:
    return model.Route.model_validate({"if": condition, "to": to})


def _lead_back(random: Random, made: dict[str, model.Question], _: list[str]) -> None:
    """Let one of these questions lead to one before it, or to itself: by a condition or by an answer."""
    place = random.randrange(len(made))
    question, to = made[f"q{place}"], f"q{random.randint(0, place)}"
    if not question.takes_many and random.random() < 0.2:
        changed = random.randrange(len(question.options))
        options = [
            option.model_copy(update={"next": to}) if number == changed else option
            for number, option in enumerate(question.options)
        ]
        made[question.id] = question.model_copy(update={"options": options})
        return
    condition = {"all": [_condition(random, made), _condition(random, made)]}
    route = _route(condition, to)
    first = random.randrange(len(question.next))
    routes = [*question.next[:first], route, *question.next[first:]]
    made[question.id] = question.model_copy(update={"next": routes})


def _bare(
    name: str, options: list[model.Option], *, several: bool = False, routes: list[model.Route] | None = None
) -> model.Question:
    return model.Question(
        id=name,
        file=f"content/decision-tree/questions/{name}.yml",
        question=f"Question {name}?",
        why="Because.",
        choose="any" if several else "one",
        options=options,
        next=routes or [],
        no_not_sure="It is made at random.",
    )


def _condition(random: Random, read: dict[str, model.Question], depth: int = 2) -> dict[str, Any]:
    kind = random.choice(["atom", "atom", "flag", "all", "any", "not"]) if depth else "atom"
    if kind == "flag":
        return {"flag": random.choice(FLAGS)}
    if kind == "atom":
        question = random.choice(list(read.values()))
        return {"question": question.id, "answer": random.choice(question.options).id}
    if kind == "not":
        return {"not": _condition(random, read, depth - 1)}
    return {kind: [_condition(random, read, depth - 1) for _ in range(2)]}


def _outcome(random: Random, name: str, questions: dict[str, model.Question]) -> model.Outcome:
    return model.Outcome.model_validate(
        {
            "id": name,
            "file": f"content/decision-tree/outcomes/{name}.yml",
            "title": f"Outcome {name}",
            "urgency": random.choice(URGENCIES),
            "flags": random.sample(FLAGS, 1),
            "why": ["Because."],
            "sections": [
                {"id": f"m{place}", "when": "now", "if": _condition(random, questions), "do": ["Something."]}
                | _head(Random(f"{name}/{place}"))
                for place in range(3)
            ],
            "worse": "Ask.",
            "related": ["o0"],
            "reviewed": DAY,
            "review_by": DAY,
        }
    )


def _head(random: Random) -> dict[str, Any]:
    """What a section adds to the head of a plan."""
    first = [f"Line {place}." for place in range(random.randint(0, 2))]
    return {"first": first, "urgency": random.choice([None, *URGENCIES])}


def _guide() -> model.Guide:
    urgencies = [model.Kind(id=name, title=name) for name in URGENCIES]
    return model.Guide.model_construct(None, urgencies=urgencies)  # type: ignore[call-arg]
