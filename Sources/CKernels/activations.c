// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"
#include "elementary.h"
#include "normal.h"

/* log(1 + e) for e >= 0: the rounding of 1 + e is made good by the quotient (Kahan). */
static inline __attribute__((always_inline)) double log_one_plus(double e) {
  double u = 1 + e, d = u - 1;
  double corrected = elementary_log(u) * (e / (d == 0 ? 1 : d));
  return d == 0 ? e : corrected;
}

/* exp(x) - 1 by the same argument. */
static inline __attribute__((always_inline)) double exp_minus_one(double x) {
  double u = elementary_exp(x), d = u - 1;
  double l = elementary_log(u);
  double corrected = d * (x / (l == 0 ? 1 : l));
  return d == 0 ? x : corrected;
}

DISPATCHED void kernel_sigmoid(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) out[i] = 1 / (1 + elementary_exp(-x[i]));
}

DISPATCHED void kernel_softplus(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) {
    double z = x[i], positive = z < 0 ? 0 : z;
    out[i] = positive + log_one_plus(elementary_exp(z < 0 ? z : -z));
  }
}

DISPATCHED void kernel_tanh(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) {
    double t = fabs(x[i]);
    /* 1 to rounding beyond 20. */
    double m = exp_minus_one(2 * (t > 20 ? 20 : t));
    out[i] = copysign(m / (m + 2), x[i]);
  }
}

DISPATCHED void kernel_normal_cdf(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) {
    double gauss, tail = normal_tail(x[i], &gauss);
    out[i] = x[i] > 0 ? 1 - tail : tail;
  }
}

DISPATCHED void kernel_repeat_row(
    double *restrict out, const double *restrict row, long rows, long columns) {
  for (long i = 0; i < rows; i++, out += columns)
    for (long j = 0; j < columns; j++) out[j] = row[j];
}

DISPATCHED void kernel_relu(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) out[i] = x[i] < 0 ? 0 : x[i];
}

DISPATCHED void kernel_relu_adjoint(
    double *out, const double *adjoint, const double *y, long count) {
  for (long i = 0; i < count; i++) out[i] = y[i] > 0 ? adjoint[i] : 0;
}
