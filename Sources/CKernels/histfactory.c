// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"
#include "elementary.h"

/* Below this a factor is rounding of a polynomial whose coefficients are of order 1. */
#define FACTOR_FLOOR 0x1p-50

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

/* curvature may be null. */
static inline __attribute__((always_inline)) int interpolate_inside(
    double *restrict f, double *restrict slope, double *restrict curvature,
    const double *restrict alpha, const double *restrict coefficients, long count, long stride) {
  const double *a1 = coefficients, *a2 = a1 + stride, *a3 = a2 + stride, *a4 = a3 + stride;
  const double *a5 = a4 + stride, *a6 = a5 + stride;
  int outside = 0;
  for (long i = 0; i < count; i++) {
    double a = alpha[i];
    double value = a5[i] + a * a6[i];
    value = a4[i] + a * value;
    value = a3[i] + a * value;
    value = a2[i] + a * value;
    value = a1[i] + a * value;
    value = 1 + a * value;
    double first = 5 * a5[i] + a * (6 * a6[i]);
    first = 4 * a4[i] + a * first;
    first = 3 * a3[i] + a * first;
    first = 2 * a2[i] + a * first;
    first = a1[i] + a * first;
    /* A factor that goes to 0 with its derivatives: f * s and f * s * s stay what they are. */
    value = fabs(value) < FACTOR_FLOOR ? FACTOR_FLOOR : value;
    double inverse = 1 / value, s = first * inverse;
    f[i] = value;
    slope[i] = s;
    if (curvature) {
      double second = 20 * a5[i] + a * (30 * a6[i]);
      second = 12 * a4[i] + a * second;
      second = 6 * a3[i] + a * second;
      second = 2 * a2[i] + a * second;
      curvature[i] = fabs(a) < 1 ? second * inverse - s * s : 0;
    }
    outside |= fabs(a) >= 1;
  }
  return outside;
}

DISPATCHED void kernel_interpolate_exponential(
    double *restrict f, double *restrict slope, double *restrict curvature,
    const double *restrict alpha, const double *restrict coefficients, long count, long stride) {
  const double *up = coefficients + 6 * stride, *down = up + stride;
  int outside = curvature
      ? interpolate_inside(f, slope, curvature, alpha, coefficients, count, stride)
      : interpolate_inside(f, slope, 0, alpha, coefficients, count, stride);
  if (!outside) return;
  for (long i = 0; i < count; i++) {
    double a = alpha[i], rate = a > 0 ? up[i] : down[i];
    double value = elementary_exp(a * rate);
    int inside = fabs(a) < 1;
    f[i] = inside ? f[i] : value;
    slope[i] = inside ? slope[i] : value > 0 ? rate : 0;
  }
}

DISPATCHED void kernel_exponential(
    double *restrict f, double *restrict slope, const double *restrict alpha,
    const double *restrict coefficients, long count, long stride) {
  const double *up = coefficients + 6 * stride, *down = up + stride;
  for (long i = 0; i < count; i++) {
    double a = alpha[i], rate = a > 0 ? up[i] : down[i];
    rate = a == 0 ? coefficients[i] : rate;
    f[i] = elementary_exp(a * rate);
    slope[i] = rate;
  }
}

DISPATCHED void kernel_segment_products(
    double *restrict out, const double *restrict x, const int32_t *restrict starts,
    long segments) {
  for (long segment = 0; segment < segments; segment++) {
    long i = starts[segment], end = starts[segment + 1];
    double product = 1;
    if (end - i >= 8) {
      vector8 lanes = LOAD(x + i);
      for (i += 8; i + 8 <= end; i += 8) lanes *= LOAD(x + i);
      product = ((lanes[0] * lanes[4]) * (lanes[2] * lanes[6]))
          * ((lanes[1] * lanes[5]) * (lanes[3] * lanes[7]));
    }
    for (; i < end; i++) product *= x[i];
    out[segment] = product;
  }
}
