"""The syntax of --save: savers by name and position, and one-line errors."""

import re

import pytest

from montecarlo import savers
from montecarlo.savers import Cache, Largest, NeuronMask, Skip, Subnet, SynapseMask
from tests.theory.cli.commands import answer, misuse
from theory.cli.savers import SAVERS, SaversType, usage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", ()),
        ("skip", (Skip(),)),
        ("skip:ever_wrong", (Skip(ever_wrong=True),)),
        ("skip:true", (Skip(ever_wrong=True),)),
        ("skip:ever_wrong=false", (Skip(),)),
        ("mask:0.1", (SynapseMask(0.1),)),
        ("mask:0.1:0.2", (SynapseMask(0.1, 0.2),)),
        ("mask:output=0.2:hidden=1", (SynapseMask(1.0, 0.2),)),
        ("neurons:50", (NeuronMask(50),)),
        ("largest:0.05:per=neuron", (Largest(0.05, "neuron"),)),
        ("cache:0.02:tau=1000:trigger=any:per=neuron", (Cache(0.02, 1000.0, "any", "neuron"),)),
        ("cache:2e-2:1000:total:layer", (Cache(0.02, 1000.0, "total", "layer"),)),
        (
            "skip, subnet:60,largest:0.01,cache:0.02",
            (Skip(), Subnet(60), Largest(0.01), Cache(0.02)),
        ),
    ],
)
def test_savers(text, expected):
    assert repr(SaversType().convert(text, None, None)) == repr(expected)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("none,cache:1", "none stands alone, without other savers, got 'none,cache:1'"),
        ("cahce:0.1", "no saver 'cahce'; did you mean 'cache'?"),
        ("", "no saver ''; there are skip, mask, neurons, subnet, largest, cache, none"),
        ("skip,,cache:1", "no saver ''; there are skip, .*"),
        ("cache", r"cache also needs threshold: it is cache:threshold\[:tau\]\[:trigger\]\[:per\]"),
        ("cache:tau=3", "cache also needs threshold: .*"),
        ("cache:x", "cache: threshold must be a number, got 'x'"),
        ("cache:-1", r"cache: threshold must be a number >= 0, got -1\.0"),
        (
            "cache:1:tua=3",
            r"cache takes no 'tua=3'; it is cache:threshold\[:tau\]\[:trigger\]\[:per\]",
        ),
        ("cache:1:0.5", r"cache: tau must be a number of presentations > 1 .*, got 0\.5"),
        ("cache:1:threshold=2", "cache: threshold is given twice, in 'cache:1:threshold=2'"),
        ("cache:1:trigger=row", "cache: trigger must be one of .*, got 'row'"),
        ("cache:1:trigger=neuron", "cache: trigger must be one of local, any, total, got 'neuron'"),
        ("cache:1:per=row", "cache: per must be one of layer, neuron, got 'row'"),
        ("skip:1", "skip: ever_wrong must be true or false, got '1'"),
        ("skip:true:3", r"skip takes no '3'; it is skip\[:ever_wrong\]"),
        ("neurons:6.5", r"neurons: neurons must be a whole number, got '6\.5'"),
        ("mask:1.5", r"mask: hidden must be a number from 0 to 1, got 1\.5"),
    ],
)
def test_savers_that_are_none(text, message, tmp_path):
    line = misuse("train", "--save", text, "--out", str(tmp_path / "x"))
    assert line == message or re.fullmatch(message, line)
    assert misuse("sweep", f"save={text}", "--out", str(tmp_path / "x")) == line
    assert not list(tmp_path.iterdir())


def test_every_saver_is_in_the_table_and_in_the_help():
    assert set(SAVERS.values()) == {getattr(savers, name) for name in savers.__all__} - {
        savers.Saver
    }
    for command in ("train", "sweep"):
        printed = answer(command, "--help")
        assert all(f"  {usage(name)}" in printed for name in SAVERS)
