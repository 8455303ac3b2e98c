"""Claims as tests: pytest collects those of the chapters that its configuration names.

``synaptic_energy_chapters = ["my_model.chapter"]`` in the configuration makes every claim a test
``my_model.chapter::MINE.rate``. All that is heavy is imported when there are such chapters.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from theory.crosscheck.claim import Claim, Result
    from theory.crosscheck.index import Index
    from theory.crosscheck.legs.laboratory import Laboratory
    from theory.crosscheck.run import Effort

OPTION = "synaptic_energy_chapters"
EFFORTS = ("quick", "default", "full")
#: The arguments of pytest that name chapters, or claims of them.
ASKED = pytest.StashKey[list[str]]()
#: The chapters of a session.
LOADED = pytest.StashKey["Index"]()
#: Where the simulations of a session are made and kept.
LABORATORY = pytest.StashKey["Laboratory"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Chapters are named in the configuration; how hard to look, on the command line."""
    parser.addini(OPTION, "chapters whose claims are tests: modules or files", "args", default=[])
    group = parser.getgroup("synaptic-energy", "claims judged by proof, digits and simulation")
    group.addoption(
        "--claims-effort", choices=EFFORTS, default="quick", help="How hard to look (quick)."
    )
    group.addoption("--claims-seed", type=int, default=0, help="Seed of all simulations (0).")


def pytest_configure(config: pytest.Config) -> None:
    """Name the chapters among the arguments, where these do not ask for other tests alone."""
    config.addinivalue_line("markers", "claim: a sentence that synaptic-energy judges")
    config.addinivalue_line("markers", "slow: takes more than a few seconds")
    everything = config.args_source is not pytest.Config.ArgsSource.ARGS or any(
        (config.invocation_params.dir / text).resolve() == config.rootpath for text in config.args
    )
    named = {text.partition("::")[0] for text in config.args}
    if everything:
        config.args += [name for name in config.getini(OPTION) if name not in named]


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Take the chapters out of the arguments, where pytest would look for files."""
    config = session.config
    chapters = set(config.getini(OPTION))
    asked = [text for text in config.args if text.partition("::")[0] in chapters]
    session.stash[ASKED] = asked
    config.args = [text for text in config.args if text not in asked]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Put the chapters that are asked for behind the files and folders of a session."""
    report = yield
    if isinstance(collector, pytest.Session) and report.passed:
        asked = collector.stash[ASKED]
        names = dict.fromkeys(text.partition("::")[0] for text in asked)
        report.result += [ChapterItems.of(collector, name, asked) for name in names]
    return report


class ChapterItems(pytest.Collector):
    """What a name in the configuration stands for: its claims, each an item."""

    wanted: set[str]

    @classmethod
    def of(cls, session: pytest.Session, name: str, asked: list[str]) -> ChapterItems:
        """All claims, or those that arguments name."""
        path = session.config.rootpath
        self: ChapterItems = cls.from_parent(session, name=name, path=path, nodeid=name)
        self.wanted = set() if name in asked else {text.partition("::")[2] for text in asked}
        return self

    def collect(self) -> Iterator[pytest.Item]:
        """The chapter's claims, and the arithmetic of the formulas that they are about."""
        from theory.crosscheck.errors import ChapterError
        from theory.crosscheck.loading import chapters

        own = chapters(self.name, self.config.rootpath)
        known = {claim.id for chapter in own for claim in chapter.claims}
        claims = [
            claim
            for chapter in _index(self.session).chapters
            if not known.isdisjoint(claim.id for claim in chapter.claims)
            for claim in chapter.claims
        ]
        if missing := self.wanted - {claim.id for claim in claims}:
            raise ChapterError(f"{self.name} has no claim {min(missing)!r}")
        yield from (self._item(it) for it in claims if not self.wanted or it.id in self.wanted)

    def _item(self, claim: Claim) -> ClaimItem:
        item: ClaimItem = ClaimItem.from_parent(self, name=claim.id)
        item.claim = claim
        item.add_marker("claim")
        item.extra_keyword_matches.update(claim.formulas)
        if any(statement.slow for statement in claim.simulation):
            item.add_marker("slow")
        return item

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> Any:
        """A chapter that cannot be used says why itself."""
        from theory.crosscheck.errors import ChapterError

        if isinstance(excinfo.value, ChapterError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)


class UnexpectedVerdict(Exception):
    """A claim whose verdict is not the one expected of it."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.claim.id, result.verdict)
        self.result = result


class ClaimItem(pytest.Item):
    """A claim as a test: it passes if its verdict is the one expected of it."""

    claim: Claim

    def runtest(self) -> None:
        """Judge it."""
        from theory.crosscheck.legs.verdict import Verdict
        from theory.crosscheck.run import check_claim

        result = check_claim(self.claim, _effort(self.config), _laboratory(self.session))
        if result.verdict is Verdict.SKIPPED:
            pytest.skip("neither simulated at this effort nor in the ledger")
        if not result.as_expected:
            raise UnexpectedVerdict(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was expected, measured and rejected, in words."""
        if not isinstance(excinfo.value, UnexpectedVerdict):
            return super().repr_failure(excinfo, style)
        from theory.crosscheck.report.failure import failure

        effort = self.config.getoption("claims_effort")
        flag = "" if effort == "default" else f" --{effort}"
        assert self.parent is not None
        again = f"synaptic-energy show {self.claim.id} --claims {self.parent.name}{flag}"
        return f"{failure(excinfo.value.result)}\n\n{again}"

    def reportinfo(self) -> tuple[Any, None, str]:
        """Where it is, for the heading of a failure."""
        assert self.parent is not None
        return self.path, None, f"{self.name}, of {self.parent.name}"


def _effort(config: pytest.Config) -> Effort:
    from theory.crosscheck.run import BY_NAME

    return BY_NAME[config.getoption("claims_effort")]


def _index(session: pytest.Session) -> Index:
    """All chapters of the configuration, whichever are asked for."""
    from theory.crosscheck.loading import load

    if LOADED not in session.stash:
        session.stash[LOADED] = load(session.config.getini(OPTION), session.config.rootpath)
    return session.stash[LOADED]


def _laboratory(session: pytest.Session) -> Laboratory:
    """One for the session: claims share simulations, and one budget of false alarms."""
    from theory.crosscheck.run import prepared

    if LABORATORY not in session.stash:
        seed, index = session.config.getoption("claims_seed"), _index(session)
        session.stash[LABORATORY] = prepared(
            index.claims, _effort(session.config), seed, index=index
        )
    return session.stash[LABORATORY]
