"""Where the sentences and formulas come from, as BibTeX."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

__all__ = ["REFERENCES", "Reference", "cited"]


@dataclass(frozen=True)
class Reference:
    """A work.

    Attributes
    ----------
    names : tuple of str
        What a source calls it.
    bibtex : str
        Its BibTeX entry.
    """

    names: tuple[str, ...]
    bibtex: str


#: All works that claims and formulas cite.
REFERENCES = (
    Reference(
        ("LvR",),
        """@article{li2020energy,
  title   = {Energy efficient synaptic plasticity},
  author  = {Li, Ho Ling and van Rossum, Mark C. W.},
  journal = {eLife},
  volume  = {9},
  pages   = {e50804},
  year    = {2020},
  doi     = {10.7554/eLife.50804},
}""",
    ),
    Reference(
        ("CP", "van Rossum (2023), Competitive plasticity"),
        """@article{vanrossum2024competitive,
  title   = {Competitive plasticity to reduce the energetic costs of learning},
  author  = {van Rossum, Mark C. W. and Pache, Aaron},
  journal = {PLOS Computational Biology},
  volume  = {20},
  number  = {10},
  pages   = {e1012553},
  year    = {2024},
  doi     = {10.1371/journal.pcbi.1012553},
  note    = {Preprint: arXiv:2304.02594 (2023)},
}""",
    ),
    Reference(
        ("REV", "Pache & van Rossum (2023)"),
        """@article{pache2023energetically,
  title   = {Energetically efficient learning in neuronal networks},
  author  = {Pache, Aaron and van Rossum, Mark C. W.},
  journal = {Current Opinion in Neurobiology},
  volume  = {83},
  pages   = {102779},
  year    = {2023},
  doi     = {10.1016/j.conb.2023.102779},
}""",
    ),
    Reference(
        ("Opper 1988",),
        """@article{opper1988learning,
  title   = {Learning times of neural networks: Exact solution for a {PERCEPTRON} algorithm},
  author  = {Opper, Manfred},
  journal = {Physical Review A},
  volume  = {38},
  pages   = {3824--3826},
  year    = {1988},
  doi     = {10.1103/PhysRevA.38.3824},
}""",
    ),
    Reference(
        ("Novikoff 1962",),
        """@inproceedings{novikoff1962convergence,
  title     = {On convergence proofs on perceptrons},
  author    = {Novikoff, Albert B. J.},
  booktitle = {Proceedings of the Symposium on the Mathematical Theory of Automata},
  volume    = {12},
  pages     = {615--622},
  publisher = {Polytechnic Institute of Brooklyn},
  year      = {1962},
}""",
    ),
    Reference(
        ("Gardner 1987", "Gardner's margin"),
        """@article{gardner1987maximum,
  title   = {Maximum storage capacity in neural networks},
  author  = {Gardner, Elizabeth},
  journal = {Europhysics Letters},
  volume  = {4},
  number  = {4},
  pages   = {481--485},
  year    = {1987},
  doi     = {10.1209/0295-5075/4/4/016},
}""",
    ),
    Reference(
        ("Darling & Siegert 1953",),
        """@article{darling1953first,
  title   = {The first passage problem for a continuous {Markov} process},
  author  = {Darling, D. A. and Siegert, A. J. F.},
  journal = {The Annals of Mathematical Statistics},
  volume  = {24},
  number  = {4},
  pages   = {624--639},
  year    = {1953},
  doi     = {10.1214/aoms/1177728918},
}""",
    ),
    Reference(
        ("D'Souza, Liu & Hahnloser (2010)",),
        """@article{dsouza2010perceptron,
  title   = {Perceptron learning rule derived from spike-frequency adaptation and
             spike-time-dependent plasticity},
  author  = {D'Souza, Prashanth and Liu, Shih-Chii and Hahnloser, Richard H. R.},
  journal = {Proceedings of the National Academy of Sciences},
  volume  = {107},
  number  = {10},
  pages   = {4722--4727},
  year    = {2010},
  doi     = {10.1073/pnas.0909394107},
}""",
    ),
    Reference(
        ("Han et al. (2016)",),
        """@article{han2016eie,
  title   = {{EIE}: Efficient inference engine on compressed deep neural network},
  author  = {Han, Song and Liu, Xingyu and Mao, Huizi and Pu, Jing and Pedram, Ardavan and
             Horowitz, Mark A. and Dally, William J.},
  journal = {ACM SIGARCH Computer Architecture News},
  volume  = {44},
  number  = {3},
  pages   = {243--254},
  year    = {2016},
  doi     = {10.1145/3007787.3001163},
}""",
    ),
    Reference(
        ("This package", "Derived here"),
        f"""@software{{synaptic_energy,
  title   = {{synaptic-energy: closed-form theory of the metabolic energy of learning}},
  author  = {{{{The synaptic-energy developers}}}},
  version = {{{version("synaptic-energy")}}},
}}""",
    ),
)


def cited(source: str) -> list[Reference]:
    """The works that a source names.

    Parameters
    ----------
    source : str
        As claims and formulas give it.

    Returns
    -------
    list of Reference
        In the order of ``REFERENCES``.

    Examples
    --------
    >>> [work.bibtex.partition(",")[0] for work in cited("LvR, Methods (after Opper 1988)")]
    ['@article{li2020energy', '@article{opper1988learning']
    """
    return [work for work in REFERENCES if any(name in source for name in work.names)]
