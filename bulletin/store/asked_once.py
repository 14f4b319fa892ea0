"""What many pages of one picture ask the database again and again, asked once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

P = ParamSpec("P")
R = TypeVar("R")
_ANSWERS = "bulletin.answers"  # in what a session knows


def remember_answers(session: Session) -> None:
    """From now on, in this session; nothing may be written in it."""
    session.info.setdefault(_ANSWERS, {})


def asked_once(ask: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    """A question that a session which remembers answers asks once, by everything that it is asked with.

    The answer is everybody's: nobody changes it.
    """

    @wraps(ask)
    def answered(session: Session, /, *args: P.args, **named: P.kwargs) -> R:
        answers: dict[Any, R] | None = session.info.get(_ANSWERS)
        if answers is None:
            return ask(session, *args, **named)
        question = ask, args, tuple(named.items())
        if question not in answers:
            answers[question] = ask(session, *args, **named)
        return answers[question]

    return answered
