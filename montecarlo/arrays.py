"""Kinds of arrays, by the names that annotations use."""

import numpy as np
import numpy.typing as npt

#: Of single or of double precision.
Array = npt.NDArray[np.floating]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
#: Where entries of an array are.
Indices = npt.NDArray[np.intp]
