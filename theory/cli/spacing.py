"""The values of a sweep that are given as NAME=START:STOP:COUNT, in ``eval`` and ``sweep``."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from theory.cli.common import MOST_VALUES, Misuse
from theory.formula.arithmetic import MPMATH as mpmath

#: What makes the values of a sweep evenly spaced in their logarithms.
LOG = ":log"


def spaced(text: str, number: Callable[[str], Any]) -> list[Any]:
    """The values of NAME=START:STOP:COUNT, evenly spaced, or with :log their logarithms.

    The ends are read by ``number``, as doubles or as numbers of mpmath.
    """
    *ends, count = text.partition("=")[2].removesuffix(LOG).split(":")
    # Python reads no digits without end.
    if len(ends) != 2 or not re.fullmatch(r"\d{1,9}", count) or not 2 <= int(count) <= MOST_VALUES:
        raise Misuse(
            f"a sweep is NAME=A,B,... or NAME=START:STOP:COUNT[{LOG}], with a COUNT from 2 to "
            f"{MOST_VALUES}, got {text!r}"
        )
    start, stop = map(number, ends)
    if not mpmath.isfinite(stop - start):
        raise Misuse(f"the ends of a sweep are finite, got {text!r}")
    logarithmic = text.endswith(LOG)
    if logarithmic and not min(start, stop) > 0:
        raise Misuse(f"the ends of a logarithmic sweep are > 0, got {text!r}")
    if isinstance(start, float):
        return [*(np.geomspace if logarithmic else np.linspace)(start, stop, int(count)).tolist()]
    if not logarithmic:
        return [*mpmath.linspace(start, stop, int(count))]
    factor = (stop / start) ** (mpmath.mpf(1) / (int(count) - 1))
    return [*(start * factor**i for i in range(int(count) - 1)), stop]
