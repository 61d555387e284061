// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"
#include "elementary.h"

DISPATCHED double kernel_poisson(
    const double *restrict nu, const double *restrict n, double *restrict dw,
    double *restrict curvature, long count) {
  enum { chunk = 64 };
  double terms[chunk];
  vector8 total = {0};
  for (long begin = 0; begin < count; begin += chunk) {
    long length = count - begin < chunk ? count - begin : chunk;
    const double *rates = nu + begin, *events = n + begin;
    double *slopes = dw + begin, *curvatures = curvature + begin;
    for (long i = 0; i < length; i++) {
      double rate = rates[i], observed = events[i];
      double inverse = 1.0 / rate, ratio = observed * inverse;
      double logarithm = elementary_log(rate);
      int empty = observed == 0;
      slopes[i] = empty ? 1.0 : 1.0 - ratio;
      curvatures[i] = empty ? 0.0 : ratio * inverse;
      terms[i] = empty ? rate : rate - observed * logarithm;
    }
    long padded = (length + 7) & ~7L;
    for (long i = length; i < padded; i++) terms[i] = 0;
    for (long i = 0; i < padded; i += 8) total += LOAD(terms + i);
  }
  return HORIZONTAL_SUM(total);
}

DISPATCHED double kernel_normal(
    double *restrict slopes, const double *restrict x, const int32_t *restrict parameters,
    const double *restrict observed, const double *restrict weights, long count) {
  /* Four sums, none of which waits for the others. */
  double totals[4] = {0};
  for (long i = 0; i < count; i++) {
    double distance = x[parameters[i]] - observed[i], slope = weights[i] * distance;
    slopes[i] = slope;
    totals[i & 3] += slope * distance;
  }
  return 0.5 * ((totals[0] + totals[2]) + (totals[1] + totals[3]));
}

DISPATCHED void kernel_bends(
    double *restrict coefficients, double *restrict slopes, double *restrict curvatures,
    const double *restrict x, const int32_t *restrict parameters, long count, long bends) {
  for (long k = 0; k < count; k++) {
    double a = x[parameters[k]], square = a * a;
    int inside = square < 1;
    coefficients[k] = a;
    coefficients[bends + k] =
        inside ? square * (15 + square * (3 * square - 10)) : 8 * fabs(a);
    slopes[k] = inside ? a * (30 + square * (18 * square - 40)) : a > 0 ? 8 : -8;
    curvatures[k] = inside ? 30 + square * (90 * square - 120) : 0;
  }
}
