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

/* Two neighbours at once. */
typedef double vector2 __attribute__((vector_size(16), aligned(8), may_alias));

DISPATCHED void kernel_block_gather(
    double *restrict out, const double *restrict table, const int32_t *restrict index,
    const int32_t *restrict sizes, long blocks) {
  for (long block = 0; block < blocks; block++) {
    long paired = 2 * sizes[2 * block], columns = sizes[2 * block + 1];
    long i = 0;
    for (; i < paired; i += 2) *(vector2 *)(out + i) = *(const vector2 *)(table + index[i]);
    for (; i < columns; i++) out[i] = table[index[i]];
    long stride = (columns + 7) & ~7L;
    out += stride;
    index += stride;
  }
}

DISPATCHED void kernel_block_scatter(
    double *restrict table, const int32_t *restrict index, const double *restrict scale,
    const double *restrict x, const int32_t *restrict sizes, long blocks) {
  for (long block = 0; block < blocks; block++) {
    long paired = 2 * sizes[2 * block], columns = sizes[2 * block + 1];
    double s = scale[block];
    long i = 0;
    for (; i < paired; i += 2)
      *(vector2 *)(table + index[i]) += s * *(const vector2 *)(x + i);
    for (; i < columns; i++) table[index[i]] += s * x[i];
    long stride = (columns + 7) & ~7L;
    x += stride;
    index += stride;
  }
}

DISPATCHED void kernel_block_matrix_vector(
    double *restrict out, const double *restrict matrix, const double *restrict x,
    const int32_t *restrict shapes, long blocks) {
  for (long block = 0; block < blocks; block++) {
    long rows = shapes[2 * block], columns = shapes[2 * block + 1];
    for (long r = 0; r < rows; r++, matrix += columns) {
      vector8 a = {0}, b = {0};
      long i = 0;
      for (; i + 16 <= columns; i += 16) {
        a += LOAD(x + i) * LOAD(matrix + i);
        b += LOAD(x + i + 8) * LOAD(matrix + i + 8);
      }
      if (i < columns) a += LOAD(x + i) * LOAD(matrix + i);
      a += b;
      out[r] += HORIZONTAL_SUM(a);
    }
    out += rows;
    x += columns;
  }
}

DISPATCHED void kernel_block_transposed_matrix_vector(
    double *restrict out, const double *restrict matrix, const double *restrict x,
    const int32_t *restrict shapes, long blocks) {
  for (long block = 0; block < blocks; block++) {
    long rows = shapes[2 * block], columns = shapes[2 * block + 1];
    for (long i = 0; i < columns; i += 8) {
      vector8 a = {0}, b = {0};
      const double *m = matrix + i;
      long r = 0;
      for (; r + 2 <= rows; r += 2, m += 2 * columns) {
        a += x[r] * LOAD(m);
        b += x[r + 1] * LOAD(m + columns);
      }
      if (r < rows) a += x[r] * LOAD(m);
      STORE(out + i) = a + b;
    }
    matrix += rows * columns;
    out += columns;
    x += rows;
  }
}

DISPATCHED void kernel_scatter(
    double *restrict table, const int32_t *restrict index, double a, const double *restrict x,
    const double *restrict y, long count) {
  for (long i = 0; i < count; i++) table[index[i]] += a * x[i] * y[i];
}

DISPATCHED void kernel_scatter_pairs(
    double *restrict table, const int32_t *restrict index, double a, const double *restrict x,
    const double *restrict y, long pairs, long count) {
  long i = 0;
  for (; i < 2 * pairs; i += 2) table[index[i]] += a * (x[i] * y[i] + x[i + 1] * y[i + 1]);
  for (; i < count; i++) table[index[i]] += a * x[i] * y[i];
}

DISPATCHED void kernel_scatter_rows(
    double *restrict matrix, const int32_t *restrict row, const double *restrict weight,
    const double *restrict x, long count, long stride) {
  for (long k = 0; k < count; k++) {
    double *target = matrix + row[k] * stride, w = weight[k];
    for (long i = 0; i < stride; i += 8) STORE(target + i) = LOAD(target + i) + w * LOAD(x + i);
  }
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
