"""Trainings, by the library and from files, for tests of the commands."""

import json

from montecarlo.runs import begin, dataset, go_on


def found(stem):
    """The files of a training by their endings, without the time that it took."""
    files = {path.name.removeprefix(f"{stem.name}."): path for path in stem.parent.iterdir()}
    contents = {suffix: path.read_bytes() for suffix, path in files.items()}
    contents["json"] = json.loads(contents["json"])
    del contents["json"]["summary"]["seconds"]
    return contents


def as_json(entry):
    entry = json.loads(json.dumps(entry))
    del entry["summary"]["seconds"]
    return entry


def by_itself(task, seed=0):
    data = dataset(task)
    run = begin(task, data, seed)
    list(go_on(run, data))
    return run
