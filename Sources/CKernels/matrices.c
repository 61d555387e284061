// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"

DISPATCHED double kernel_dot(const double *x, const double *y, long count) {
  vector8 a = {0}, b = {0};
  long i = 0;
  for (; i + 16 <= count; i += 16) {
    a += LOAD(x + i) * LOAD(y + i);
    b += LOAD(x + i + 8) * LOAD(y + i + 8);
  }
  if (i + 8 <= count) {
    a += LOAD(x + i) * LOAD(y + i);
    i += 8;
  }
  a += b;
  double total = HORIZONTAL_SUM(a);
  for (; i < count; i++) total += x[i] * y[i];
  return total;
}

DISPATCHED void kernel_axpy(double *restrict y, double a, const double *restrict x, long count) {
  long i = 0;
  for (; i + 8 <= count; i += 8) STORE(y + i) = LOAD(y + i) + a * LOAD(x + i);
  for (; i < count; i++) y[i] += a * x[i];
}

DISPATCHED void kernel_gather(
    double *restrict out, const double *restrict table, const int32_t *restrict index,
    long count) {
  for (long i = 0; i < count; i++) out[i] = table[index[i]];
}

DISPATCHED void kernel_scatter(
    double *restrict table, const int32_t *restrict index, double a, const double *restrict x,
    const double *restrict y, long count) {
  for (long i = 0; i < count; i++) table[index[i]] += a * x[i] * y[i];
}

DISPATCHED void kernel_scaled(double *restrict out, double a, const double *restrict x, long count) {
  for (long i = 0; i < count; i++) out[i] = a * x[i];
}

/* 8 * width columns of all rows. */
static inline __attribute__((always_inline)) void sparse_columns(
    double *restrict out, const int32_t *restrict rows, const int32_t *restrict starts,
    const int32_t *restrict sources, const int32_t *restrict lanes,
    const double *restrict weights, const double *restrict matrix, long count, long stride,
    const int width) {
  for (long r = 0; r < count; r++) {
    vector8 sum[4];
    for (int j = 0; j < width; j++) sum[j] = (vector8){0};
    for (long k = starts[r]; k < starts[r + 1]; k++) {
      double weight = weights[lanes[k]];
      const double *source = matrix + sources[k] * stride;
      for (int j = 0; j < width; j++) sum[j] += weight * LOAD(source + 8 * j);
    }
    double *target = out + rows[r] * stride;
    for (int j = 0; j < width; j++) STORE(target + 8 * j) = LOAD(target + 8 * j) + sum[j];
  }
}

DISPATCHED void kernel_sparse_product(
    double *restrict out, const int32_t *restrict rows, const int32_t *restrict starts,
    const int32_t *restrict sources, const int32_t *restrict lanes,
    const double *restrict weights, const double *restrict matrix, long count, long stride) {
  long j = 0;
  for (; j + 32 <= stride; j += 32)
    sparse_columns(out + j, rows, starts, sources, lanes, weights, matrix + j, count, stride, 4);
  for (; j < stride; j += 8)
    sparse_columns(out + j, rows, starts, sources, lanes, weights, matrix + j, count, stride, 1);
}

/* Square tiles, so that the transposed reads stay in cache. */
DISPATCHED void kernel_add_symmetrised(
    double *restrict h, const double *restrict half, long order, long stride) {
  for (long i0 = 0; i0 < order; i0 += 8)
    for (long j0 = i0; j0 < order; j0 += 8)
      for (long i = i0; i < i0 + 8; i++)
        for (long j = j0; j < j0 + 8; j++)
          h[i * stride + j] += half[i * stride + j] + half[j * stride + i];
}
