"""The SymPy symbols that chapters share: quantities of the papers, all positive."""

import sympy as sp

K, N, T, alpha, b, c, eta, kappa, p, tau, theta = sp.symbols(
    "K N T alpha b c eta kappa p tau theta", positive=True
)
#: Without a meaning of their own.
a, q, s, t, u, x, y = sp.symbols("a q s t u x y", positive=True)
h, k, n = sp.symbols("h k n", integer=True, positive=True)

#: Patterns below capacity: x > 0 covers all loads P/N = 2/(1 + x) < 2, and 2 - P/N is plainly
#: positive.
P = 2 * N / (1 + x)
