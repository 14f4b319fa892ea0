"""What a process has loaded, once it serves, and what it leaves behind as it works."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 1  # the generation of what was made since the last search but one
NEW = 20_000  # more of them than a page leaves behind, before anybody looks: some megabytes


def leave_out_loaded() -> None:
    """From now on garbage is searched for, but not in what is loaded: it stays as long as the process."""
    gc.freeze()
    gc.enable()
    # At the end it is cleared away in order, else libraries complain of what is left.
    atexit.register(gc.unfreeze)


def settle() -> None:
    """Leave what a process has loaded, once it serves, out of all later searches for garbage.

    Else a count of a county's year spends a third of its time going through it, again and again; and another third
    going through what it has just read, where a search begins with every seven hundred things more.
    """
    gc.collect()
    _, *older = gc.get_threshold()
    gc.set_threshold(NEW, *older)
    leave_out_loaded()


@contextmanager
def searched_by_step() -> Iterator[None]:
    """A long work says where a step of it ends (`end_step`), and only there garbage is searched for.

    Else each hundred pages go through all that is known of a copy's hundred thousand files.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def end_step() -> None:
    """Search what is new for garbage; what lasted longer is known to be needed."""
    gc.collect(YOUNG)
