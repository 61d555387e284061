// SPDX-License-Identifier: Apache-2.0
#define _DEFAULT_SOURCE
#include "CKernels.h"
#include "dispatch.h"
#include "elementary.h"

DISPATCHED void kernel_log(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) out[i] = elementary_log(x[i]);
}

DISPATCHED void kernel_exp(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) out[i] = elementary_exp(x[i]);
}

static const double log_sqrt_2pi = 0.91893853320467274178;
static const double sqrt_half = 0.70710678118654752440;

/* x Phi(-x)/phi(x) for x >= 8 by the continued fraction x/(x + 1/(x + 2/(x + 3/(x + ...)))). */
static double scaled_tail(double x) {
  double denominator = x;
  for (int k = 30; k > 0; k--) denominator = x + k / denominator;
  return x / denominator;
}

double kernel_log_normal_cdf(double x) {
  if (x > 0) return log1p(-0.5 * erfc(x * sqrt_half));
  if (x > -8) return log(0.5 * erfc(-x * sqrt_half));
  if (x == -INFINITY) return x;
  return -0.5 * x * x - log_sqrt_2pi + log(scaled_tail(-x) / -x);
}

double kernel_inverse_mills_ratio(double x) {
  if (x > -8) return exp(-0.5 * x * x - log_sqrt_2pi) / (0.5 * erfc(-x * sqrt_half));
  if (x == -INFINITY) return INFINITY;
  return -x / scaled_tail(-x);
}

double kernel_log_gamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

double kernel_digamma(double x) {
  double shift = 0;
  /* psi(x) = psi(x + 1) - 1/x until the asymptotic series is exact to rounding. */
  for (; x < 10; x += 1) shift -= 1 / x;
  double u = 1 / (x * x);
  double series =
      u * (1.0 / 12 - u * (1.0 / 120 - u * (1.0 / 252 - u * (1.0 / 240 - u * (1.0 / 132 -
      u * (691.0 / 32760 - u / 12))))));
  return shift + log(x) - 0.5 / x - series;
}
