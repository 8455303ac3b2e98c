"""Markdown as Sphinx takes it: pages, tables, links, and verdicts that can be coloured."""

import re
from collections.abc import Iterable

from theory.crosscheck import Result, Verdict


def page(title: str, *parts: str) -> str:
    """A page of Markdown."""
    return "\n\n".join([f"# {title}", *parts]) + "\n"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(header)
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def contents(pages: Iterable[str]) -> str:
    """The pages in the sidebar below this one."""
    return "\n".join(["```{toctree}", ":hidden:", *pages, "```"])


def anchor(name: str) -> str:
    return name.lower().replace(".", "-").replace("_", "-")


def slug(heading: str) -> str:
    """The anchor of a heading, as MyST and GitHub make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def escaped(text: str) -> str:
    """Plain text as Markdown; what stands between backticks is code already."""
    parts = text.replace("\n", " ").split("`")
    parts[::2] = [re.sub(r"([\\*_|$\[\]<>^])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


def coloured(verdict: Verdict) -> str:
    """A verdict, in its colour."""
    return f"[{verdict}]{{.{verdict}}}"


def linked(result: Result) -> str:
    """The id of a claim, with a link to its evidence."""
    return f"{{ref}}`{result.claim.id} <{anchor(result.claim.id)}>`"


def judged(result: Result) -> str:
    """The id of a claim, linked, and its verdict."""
    return f"{linked(result)} {coloured(result.verdict)}"


def first_sentence(described: object) -> str:
    """What its docstring begins with."""
    return (described.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
