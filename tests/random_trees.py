"""Decision trees made at random, as large as wanted, for tests and measurements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from guidebook.content import model
from guidebook.content.handbook import Handbook

if TYPE_CHECKING:
    from random import Random

URGENCIES = ["calm", "soon", "now"]
FLAGS = ["red", "blue", "green"]
NEAR = 6
"""How many questions back a condition reads; ticks are read from anywhere."""
DAY = date(2026, 11, 22)


def random_tree(random: Random, *, questions: int, outcomes: int, ticks: int, options: int = 3) -> Handbook:
    """A tree without loops; `ticks` of its questions take several of `options` answers."""
    asked = [f"q{place}" for place in range(questions)]
    ends = [f"o{place}" for place in range(outcomes)]
    many = set(random.sample(asked, ticks))
    made: dict[str, model.Question] = {}
    for place, name in enumerate(asked):
        later = [*asked[place + 1 : place + 12], *random.sample(ends, min(3, len(ends)))]
        # A chain keeps every question within reach of the start.
        onward = asked[place + 1] if place + 1 < questions else random.choice(ends)
        made[name] = _question(random, name, made, later, onward, several=name in many, options=options)
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
        model.Route.model_validate({"if": _condition(random, read), "to": random.choice(later)})
        for _ in range(random.choice([0, 0, 1, 2]))
    ]
    return _bare(name, found, several=several, routes=[*routes, model.Route(to=onward)])


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
                {"when": "now", "if": _condition(random, questions), "do": ["Something."]} for _ in range(3)
            ],
            "worse": "Ask.",
            "related": ["o0"],
            "reviewed": DAY,
            "review_by": DAY,
        }
    )


def _guide() -> model.Guide:
    urgencies = [model.Kind(id=name, title=name) for name in URGENCIES]
    return model.Guide.model_construct(None, urgencies=urgencies)  # type: ignore[call-arg]
