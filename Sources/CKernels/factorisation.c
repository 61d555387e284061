// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include "CKernels.h"
#include "dispatch.h"

/* All matrices here are square, row-major, padded to a multiple of eight rows and columns; only
 * the upper triangle means anything, what lies below is overwritten with rubbish. */

enum { tile = 8, panel_rows = 128 };

/* h[i...i+8, i...width) += packed^T rows for one strip of eight rows of h. */
static inline __attribute__((always_inline)) void update_strip(
    double *restrict h, const double *restrict packed, const double *restrict rows, long first,
    long width, long count, long stride) {
  long j = first;
  for (; j + 16 <= width; j += 16) {
    vector8 left[tile], right[tile];
    for (int x = 0; x < tile; x++) left[x] = right[x] = (vector8){0};
    for (long r = 0; r < count; r++) {
      vector8 y0 = LOAD(rows + r * stride + j), y1 = LOAD(rows + r * stride + j + 8);
      for (int x = 0; x < tile; x++) {
        left[x] += packed[r * tile + x] * y0;
        right[x] += packed[r * tile + x] * y1;
      }
    }
    for (int x = 0; x < tile; x++) {
      STORE(h + x * stride + j) = LOAD(h + x * stride + j) + left[x];
      STORE(h + x * stride + j + 8) = LOAD(h + x * stride + j + 8) + right[x];
    }
  }
  if (j < width) {
    vector8 sum[tile];
    for (int x = 0; x < tile; x++) sum[x] = (vector8){0};
    for (long r = 0; r < count; r++) {
      vector8 y = LOAD(rows + r * stride + j);
      for (int x = 0; x < tile; x++) sum[x] += packed[r * tile + x] * y;
    }
    for (int x = 0; x < tile; x++)
      STORE(h + x * stride + j) = LOAD(h + x * stride + j) + sum[x];
  }
}

/* h[i][j] += sum of weight[r] rows[r][i] rows[r][j] for first <= i <= j < width. */
static inline __attribute__((always_inline)) void rank_update(
    double *restrict h, const double *restrict rows, const double *restrict weight, long first,
    long width, long count, long stride) {
  double packed[panel_rows * tile];
  for (long begin = 0; begin < count; begin += panel_rows) {
    long length = count - begin < panel_rows ? count - begin : panel_rows;
    const double *block = rows + begin * stride;
    for (long i = first; i < width; i += tile) {
      for (long r = 0; r < length; r++) {
        double w = weight ? weight[begin + r] : -1;
        STORE(packed + r * tile) = w * LOAD(block + r * stride + i);
      }
      update_strip(h + i * stride, packed, block, i, width, length, stride);
    }
  }
}

DISPATCHED void kernel_rank_update(
    double *h, const double *rows, const double *weight, long count, long stride) {
  rank_update(h, rows, weight, 0, stride, count, stride);
}

DISPATCHED long kernel_cholesky(double *a, double *diagonal, long order, long stride) {
  enum { panel = 16 };
  for (long i = 0; i < order; i++) diagonal[i] = a[i * stride + i];
  for (long first = 0; first < order; first += panel) {
    long last = first + panel < order ? first + panel : order;
    for (long p = first; p < last; p++) {
      double *row = a + p * stride;
      double pivot = row[p];
      /* Below this share of what it was, a pivot is rounding. */
      if (!(pivot > 1e-14 * fabs(diagonal[p])) || pivot == INFINITY) return p + 1;
      double scale = 1 / sqrt(pivot);
      long start = p & ~7L;
      for (long j = start; j < stride; j += 8) STORE(row + j) = scale * LOAD(row + j);
      for (long q = p + 1; q < last; q++) {
        double *target = a + q * stride, factor = row[q];
        for (long j = start; j < stride; j += 8)
          STORE(target + j) = LOAD(target + j) - factor * LOAD(row + j);
      }
    }
    long next = first + panel;
    if (next < order)
      rank_update(a, a + first * stride, 0, next, stride, panel, stride);
  }
  return 0;
}

DISPATCHED void kernel_solve_transposed(
    const double *restrict u, double *restrict x, long order, long stride) {
  for (long k = 0; k < order; k++) {
    const double *row = u + k * stride;
    double value = x[k] / row[k];
    long j = k + 1;
    for (; j < order && (j & 7); j++) x[j] -= value * row[j];
    for (; j + 8 <= order; j += 8) STORE(x + j) = LOAD(x + j) - value * LOAD(row + j);
    for (; j < order; j++) x[j] -= value * row[j];
    x[k] = value;
  }
}

DISPATCHED void kernel_solve_upper(
    const double *restrict u, double *restrict x, long order, long stride) {
  for (long k = order - 1; k >= 0; k--) {
    const double *row = u + k * stride;
    vector8 sum = {0};
    double value = x[k];
    long j = k + 1;
    for (; j < order && (j & 7); j++) value -= row[j] * x[j];
    for (; j + 8 <= order; j += 8) sum += LOAD(row + j) * LOAD(x + j);
    for (; j < order; j++) value -= row[j] * x[j];
    x[k] = (value - HORIZONTAL_SUM(sum)) / row[k];
  }
}
