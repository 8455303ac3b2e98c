"""What an author of a chapter has to mend, in a sentence that names the place."""

from pathlib import Path

from theory.formula.places import located, raised


class ChapterError(ValueError):
    """Something of a chapter cannot be used; its text says what, and where."""


def explained(error: Exception) -> str:
    """What went wrong, and where; a sentence that says so already stays as it is.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    str
        ``ZeroDivisionError: division by zero, at mine/claims.py:12``.
    """
    if isinstance(error, ChapterError):
        return str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())}, at {raised(error)}"


def text_of(file: Path) -> str:
    """What a file beside a chapter says.

    Raises
    ------
    ChapterError
        If it is not written in UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ChapterError(f"{located(str(file))} is no text in UTF-8: {error}") from None
