"""Lazy learning: how often images are presented that have, or have not, been shown before."""

from typing import Any

from theory.formula import formula
from theory.formula.arithmetic import arithmetic


@formula(
    "This package",
    gives="Presentations.",
    where=lambda shown, presentations: shown <= presentations,
)
def unseen_presentations(shown: Any, presentations: Any, images: Any) -> Any:
    """Mean number of presentations of images that were not among the first so many shown.

    The fall from s to s + 1 presentations is the presentations of the image that is first shown by
    the last of them, if it is: a lazy network learns from all of these if it is wrong then.

    Notes
    -----
    Images are drawn at random at every presentation, each as likely as any other, so that one is
    not among the first s with probability (1 - 1/N)^s.

    Examples
    --------
    >>> unseen_presentations(60_000, 120_000, 60_000)  # a half of all, over e
    22072.5...
    """
    xp = arithmetic(shown, presentations, images)
    return (presentations - shown) * xp.exp(shown * xp.log1p(-1 / images))
