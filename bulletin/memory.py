"""What a process has loaded, once it serves."""

import atexit
import gc


def settle() -> None:
    """Leave what is loaded out of all later searches for garbage: it stays as long as the process.

    Else a count of a county's year spends a third of its time going through it, again and again.
    """
    gc.collect()
    gc.freeze()
    # At the end it is cleared away in order, else libraries complain of what is left.
    atexit.register(gc.unfreeze)
