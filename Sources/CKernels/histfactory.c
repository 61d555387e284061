// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"
#include "elementary.h"

DISPATCHED double kernel_poisson(
    const double *nu, const double *n, double *dw, double *curvature, long count) {
  double total[8] = {0};
  long i = 0;
  for (; i + 8 <= count; i += 8)
    for (int lane = 0; lane < 8; lane++) {
      double rate = nu[i + lane], observed = n[i + lane];
      double inverse = 1.0 / rate, ratio = observed * inverse;
      double information = observed * elementary_log(rate);
      int empty = observed == 0;
      dw[i + lane] = empty ? 1.0 : 1.0 - ratio;
      curvature[i + lane] = empty ? 0.0 : ratio * inverse;
      total[lane] += rate - (empty ? 0.0 : information);
    }
  for (int lane = 0; i < count; i++, lane++) {
    double rate = nu[i], observed = n[i];
    double inverse = 1.0 / rate, ratio = observed * inverse;
    int empty = observed == 0;
    dw[i] = empty ? 1.0 : 1.0 - ratio;
    curvature[i] = empty ? 0.0 : ratio * inverse;
    total[lane] += rate - (empty ? 0.0 : observed * elementary_log(rate));
  }
  return HORIZONTAL_SUM(total);
}

DISPATCHED void kernel_interpolate_exponential(
    double *restrict f, double *restrict slope, double *restrict curvature,
    const double *restrict alpha, const double *restrict coefficients, long count, long stride) {
  const double *a1 = coefficients, *a2 = a1 + stride, *a3 = a2 + stride, *a4 = a3 + stride;
  const double *a5 = a4 + stride, *a6 = a5 + stride, *up = a6 + stride, *down = up + stride;
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
    double second = 20 * a5[i] + a * (30 * a6[i]);
    second = 12 * a4[i] + a * second;
    second = 6 * a3[i] + a * second;
    second = 2 * a2[i] + a * second;
    double inverse = 1 / value, s = first * inverse;
    f[i] = value;
    slope[i] = s;
    curvature[i] = second * inverse - s * s;
    outside |= fabs(a) >= 1;
  }
  if (!outside) return;
  for (long i = 0; i < count; i++) {
    double a = alpha[i], rate = a > 0 ? up[i] : down[i];
    double value = elementary_exp(a * rate);
    int inside = fabs(a) < 1;
    f[i] = inside ? f[i] : value;
    slope[i] = inside ? slope[i] : rate;
    curvature[i] = inside ? curvature[i] : 0;
  }
}
