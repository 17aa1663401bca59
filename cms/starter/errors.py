"""Everything that is wrong with the content files, gathered so that an author can mend it all at once."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; ``file`` is relative to the content folder, ``line`` counts from 1."""

    file: str
    line: int


@dataclass(frozen=True, order=True)
class Problem:
    """One sentence in Swedish for the author: what stands there and what should stand there."""

    place: Place
    found: str
    expected: str

    @property
    def file(self) -> str:
        return self.place.file

    @property
    def line(self) -> int:
        return self.place.line

    def __str__(self) -> str:
        return f"{self.file}, rad {self.line}: {self.found}. Det ska vara {self.expected}."


class ContentError(Exception):
    """The content folder cannot be read. ``problems`` holds every reason, in the order of files and lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class Problems:
    """Collects problems while reading goes on."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, found: str, expected: str) -> None:
        self._found.append(Problem(place, found, expected))

    def raise_if_any(self) -> None:
        if self._found:
            raise ContentError(tuple(sorted(set(self._found))))
