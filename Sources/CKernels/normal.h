/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "elementary.h"

/* Phi(-t) exp(t^2/2) for t >= 0: a polynomial in (t - 5)/(t + 5) over 1 + 2.5 t.
 * Coefficients from the Chebyshev series of degree 23, computed with 50 digits; the idea is that of
 * Shepherd and Laframboise, Math. Comp. 36 (1981) 249. */
static const double scaled_normal_tail_coefficients[24] = {
    1.038410617162585, -0.013694371689004637, -0.09652729676409702, 0.146331696859265,
    -0.13778563584195958, 0.09646325884072798, -0.051413094333442995, 0.01987326820449563,
    -0.004519506955188777, -0.00018193627058823647, 0.0005464765128349271,
    -0.00013546092273354027, -3.470660082790137e-05, 2.4554735390926955e-05,
    8.360835092252911e-07, -3.633836212734776e-06, 2.0509614666599247e-07,
    5.498352419900574e-07, -5.0291505689170274e-08, -8.63842327142194e-08,
    6.950542004223686e-09, 1.2176567943222318e-08, -5.168050064878978e-10,
    -1.0471267726527219e-09};

static inline __attribute__((always_inline)) double scaled_normal_tail(double t) {
  double u = (t - 5) / (t + 5), p = scaled_normal_tail_coefficients[23];
#pragma clang loop unroll(full)
  for (int k = 22; k >= 0; k--) p = scaled_normal_tail_coefficients[k] + u * p;
  return p / (1 + 2.5 * t);
}

/* Phi(-|z|), and exp(-z^2/2) beside it. */
static inline __attribute__((always_inline)) double normal_tail(double z, double *gauss) {
  /* Beyond 39 the tail is 0 in any case, and (t - 5)/(t + 5) of an infinity isn't a number. */
  double t = fabs(z);
  t = t > 40 ? 40 : t;
  *gauss = elementary_exp(-0.5 * t * t);
  return *gauss * scaled_normal_tail(t);
}
