"""An index: chapters that are judged together, those of this package or anyone's."""

import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import ModuleType

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters import CHAPTERS
from theory.crosscheck.claim import Claim
from theory.crosscheck.errors import ChapterError
from theory.crosscheck.experiment import Experiment
from theory.crosscheck.figures.figure import Figure
from theory.crosscheck.ledger import Ledger, ledger
from theory.crosscheck.legs.approximation import Approximation
from theory.crosscheck.legs.statements import Comparison
from theory.crosscheck.points import Points
from theory.crosscheck.references import REFERENCES, Reference, references
from theory.crosscheck.sentences import Sentence, sentences
from theory.crosscheck.words import tolerance
from theory.formula import CALLS, FORMULAS
from theory.formula.places import located, place

#: What says where something is, when it is asked.
Place = Callable[[], str]

#: Ids name files, and parts of pages.
ID = re.compile(r"\w[\w.+-]*")


@dataclass(frozen=True)
class Index:
    """Chapters, and what follows from them.

    Attributes
    ----------
    chapters : tuple of Chapter
        Whose claims, figures and experiments differ in their names.
    """

    chapters: tuple[Chapter, ...]

    def __post_init__(self) -> None:
        """Refuse what could not be judged, or not be told apart."""
        _require_distinct(("claim", claim.id, at) for claim, at in self._placed)
        _require_distinct(
            ("figure", figure.id, partial(_named, chapter))
            for chapter in self.chapters
            for figure in chapter.figures
        )
        if unknown := self.points.keys() - FORMULAS:
            raise ChapterError(f"points of no formula: {', '.join(sorted(unknown))}")
        quotations = {it.id: it.quotation for it in self.sentences}
        for claim, at in self._placed:
            _require_judged(claim, at)
            _require_quoted(claim, at, quotations.get(claim.id, ""))
            _require_known(claim, at, self.figures, self.homes)
        # A function can make many experiments, and what it is called in their names is its own.
        experiments = {id(it.function): it for it in self._experiments}
        _require_distinct(
            ("experiment", it.name.partition("(")[0], partial(place, it.function))
            for it in experiments.values()
        )

    @property
    def _placed(self) -> Iterator[tuple[Claim, Place]]:
        """All claims, each with what says where it is."""
        for chapter in self.chapters:
            for module in chapter.claims_in:
                for claim in module.CLAIMS:
                    yield claim, partial(_place, claim, module)

    @property
    def _experiments(self) -> Iterator[Experiment]:
        for claim in self.claims:
            yield from (statement.experiment for statement in claim.simulation)
        for figure in self.figures.values():
            yield from (setting.experiment for setting in (figure.full, figure.quick))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order of the chapters."""
        return tuple(claim for chapter in self.chapters for claim in chapter.claims)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """All figures, by their ids."""
        return {figure.id: figure for chapter in self.chapters for figure in chapter.figures}

    @property
    def points(self) -> dict[str, Points]:
        """What simulates formulas, by their names."""
        return {name: it for chapter in self.chapters for name, it in chapter.points.items()}

    @cached_property
    def homes(self) -> dict[str, Path]:
        """The folder of each claim's chapter, by its id."""
        return {claim.id: chapter.home for chapter in self.chapters for claim in chapter.claims}

    @property
    def ledger(self) -> Ledger:
        """What was measured before, as the ledgers beside the chapters have it now."""
        return {
            key: entry
            for folder in dict.fromkeys(self.homes.values())
            for key, entry in ledger(folder).items()
            if self.homes.get(entry.claim) == folder
        }

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences beside its chapters, each with a claim, or with why it has none."""
        own = {chapter.home for chapter in CHAPTERS}
        beside = {home: sentences(home) for home in dict.fromkeys(self.homes.values())}
        for home, found in beside.items():
            for it in found:
                if home not in own and bool(it.unjudged) is (it.id in self.homes):
                    raise ChapterError(
                        f"{located(str(home / 'sentences.csv'))} must say of {it.id!r} why it is "
                        "unjudged if no claim has this id, and only then"
                    )
        return tuple(it for found in beside.values() for it in found)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The works that its sources can name: those of this package, and those beside it."""
        own = {chapter.home for chapter in CHAPTERS}
        others = [home for home in dict.fromkeys(self.homes.values()) if home not in own]
        beside = [(work, home / "references.bib") for home in others for work in references(home)]
        _require_distinct(
            ("work", name, partial(located, str(file)))
            for work, file in beside
            for name in work.names
        )
        return (*(work for work, _ in beside), *REFERENCES)


def _place(claim: Claim, module: ModuleType) -> str:
    """The module of a claim, and the line where its id is."""
    file = getattr(module, "__file__", None)
    if file is None:
        return "its arithmetic"
    lines = inspect.getsource(module).splitlines()
    found = (at for at, line in enumerate(lines, start=1) if f'"{claim.id}"' in line)
    return located(file, next(found, None))


def _named(chapter: Chapter) -> str:
    return f"chapter {chapter.name}"


def _require_distinct(named: Iterable[tuple[str, str, Place]]) -> None:
    """Refuse two things of a kind that have one name, or what is no name."""
    known: dict[str, Place] = {}
    for kind, name, at in named:
        if name in known:
            raise ChapterError(f"two {kind}s are called {name}, at {known[name]()} and {at()}")
        if kind in {"claim", "figure"} and not ID.fullmatch(name):
            raise ChapterError(
                f"the id of a {kind} has letters, digits and ._+- only, got {name!r} at {at()}"
            )
        known[name] = at


def _require_judged(claim: Claim, at: Place) -> None:
    """Refuse a claim that nothing judges, or whose statements the ledger could not tell apart."""
    if not (claim.symbolic or claim.numeric or claim.simulation):
        raise ChapterError(
            f"{claim.id} at {at()} has nothing to be judged by: give it a symbolic, numeric or "
            "simulation leg"
        )
    said = [it.what for it in claim.simulation]
    if len(set(said)) < len(said):
        twice = next(what for what in said if said.count(what) > 1)
        raise ChapterError(f"{claim.id} at {at()} has two simulations of {twice!r}")


def _require_quoted(claim: Claim, at: Place, quotation: str) -> None:
    """Refuse a tolerance that does not stand in the sentence."""
    sentence = f"{claim.statement} {quotation}".lower()
    inexact = (Comparison, Approximation)
    for words in {
        it.words for it in (*claim.simulation, *claim.numeric) if isinstance(it, inexact)
    }:
        in_order = ".*".join(map(re.escape, words.lower().split()))
        if not tolerance(words).exact and not re.search(in_order, sentence):
            raise ChapterError(
                f"{claim.id} at {at()} quotes {words!r}, which its statement does not say"
            )


def _require_known(
    claim: Claim, at: Place, figures: Mapping[str, object], claims: Mapping[str, object]
) -> None:
    """Refuse a claim that names a formula, a figure or a correction that is not there."""
    for kind, names, known in (
        ("formula", claim.formulas, CALLS),
        # Claims can be checked alone, without the chapter's figures.
        ("figure", claim.figures if figures else (), figures),
        ("claim", [claim.correction] if claim.correction else [], claims),
    ):
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise ChapterError(f"{claim.id} at {at()} names no {kind}: {name!r}{hint}")


#: That of this package.
BUILT_IN = Index(CHAPTERS)
