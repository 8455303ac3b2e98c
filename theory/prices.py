"""Energy in joules: what a device asks for each write, for each unit written and for each read.

The technologies are published estimates, rounded by their authors. They differ by factors between
processes and designs and are here to set a scale: make a `Device` of figures of your own.
"""

from dataclasses import dataclass, replace

from theory.formula.conversion import single
from theory.formula.domain import non_negative

__all__ = ["BITS", "MULTIPLICATION", "TECHNOLOGIES", "Device"]

#: Bits of a weight, where a source gives the energy of a bit.
BITS = 32
PICO = 1e-12
_PRICE = replace(non_negative, text="a finite number >= 0 or None")


@dataclass(frozen=True)
class Device:
    """What it costs to keep weights somewhere, in joules.

    Attributes
    ----------
    write : float or None
        Of each write, however much the weight changes. None: not known.
    unit : float or None
        Of each unit of weight written, up or down.
    read : float or None
        Of each read.
    source : str
        Authors, year, place, and what it is the energy of.

    Raises
    ------
    ValueError
        If a price is neither None nor a finite number >= 0.

    Examples
    --------
    >>> device = Device(write=2e-12, read=1e-12)
    >>> f"{device.joules(writes=1e6, reads=5e6):.1e} J"
    '7.0e-06 J'
    """

    write: float | None = 0.0
    unit: float | None = 0.0
    read: float | None = 0.0
    source: str = ""

    def __post_init__(self) -> None:
        """Check the prices."""
        for name in ("write", "unit", "read"):
            price = getattr(self, name)
            if price is not None:
                single(name, price, _PRICE)

    def joules(self, writes: float = 0.0, written: float = 0.0, reads: float = 0.0) -> float:
        """The energy of so many writes (M_0), of what they wrote (M_1), and of so many reads.

        Parameters
        ----------
        writes, written : float
            The properties of these names of `montecarlo.perceptron.ledger.Ledger`, for a run.
        reads : float
            N T if each of T presentations reads N weights from this device.

        Returns
        -------
        float
            In joules.

        Raises
        ------
        ValueError
            If an amount is no finite number >= 0, or has to be priced and has no known price.
        """
        total = 0.0
        for name, what, amount in (
            ("write", "writes", writes),
            ("unit", "written", written),
            ("read", "reads", reads),
        ):
            single(what, amount, non_negative)
            price = getattr(self, name)
            if amount and price is None:
                raise ValueError(f"{name} must be known, got None: {self.source}")
            total += amount * (price or 0.0)
        return total


_EIE = "Han et al. (2016), EIE, Proc. ISCA 43, Table I, after Horowitz (2014), Proc. ISSCC, 45 nm"
_NON_VOLATILE = "Hu et al. (2011), Nature Communications 2:553, Table 1, estimate"

#: The multiplication of two 32-bit floating-point numbers, by the same source as DRAM.
MULTIPLICATION = 3.7 * PICO

#: Estimates for weights of `BITS` bits.
TECHNOLOGIES = {
    "DRAM": Device(
        write=640 * PICO, read=640 * PICO, source=f"{_EIE}: an access to 32 bits of DRAM, estimate"
    ),
    "SRAM": Device(
        write=5 * PICO,
        read=5 * PICO,
        source=f"{_EIE}: an access to 32 bits of an SRAM cache of 32 kB, estimate",
    ),
    "FeRAM": Device(
        write=0.03 * BITS * PICO, read=None, source=f"{_NON_VOLATILE} of writing a bit: 0.03 pJ"
    ),
    "STT-RAM": Device(
        write=0.1 * BITS * PICO, read=None, source=f"{_NON_VOLATILE} of writing a bit: 0.1 pJ"
    ),
    "MRAM": Device(
        write=70 * BITS * PICO, read=None, source=f"{_NON_VOLATILE} of writing a bit: 70 pJ"
    ),
    "fly": Device(
        write=0.01,
        read=None,
        source="Girard, Jiang & van Rossum (2023), arXiv:2301.09565, estimate: 10 mJ for a bit of "
        "long-term memory of the whole fly, if a write is taken for a bit",
    ),
}
