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

DISPATCHED void kernel_matrix_vector(
    double *restrict out, const double *restrict matrix, const double *restrict x, long rows,
    long stride) {
  long r = 0;
  for (; r + 4 <= rows; r += 4) {
    const double *m0 = matrix + r * stride, *m1 = m0 + stride, *m2 = m1 + stride,
                 *m3 = m2 + stride;
    vector8 a = {0}, b = {0}, c = {0}, d = {0};
    for (long i = 0; i < stride; i += 8) {
      vector8 v = LOAD(x + i);
      a += v * LOAD(m0 + i);
      b += v * LOAD(m1 + i);
      c += v * LOAD(m2 + i);
      d += v * LOAD(m3 + i);
    }
    out[r] += HORIZONTAL_SUM(a);
    out[r + 1] += HORIZONTAL_SUM(b);
    out[r + 2] += HORIZONTAL_SUM(c);
    out[r + 3] += HORIZONTAL_SUM(d);
  }
  for (; r < rows; r++) {
    const double *m = matrix + r * stride;
    vector8 a = {0}, b = {0};
    long i = 0;
    for (; i + 16 <= stride; i += 16) {
      a += LOAD(x + i) * LOAD(m + i);
      b += LOAD(x + i + 8) * LOAD(m + i + 8);
    }
    if (i < stride) a += LOAD(x + i) * LOAD(m + i);
    a += b;
    out[r] += HORIZONTAL_SUM(a);
  }
}

DISPATCHED void kernel_transposed_matrix_vector(
    double *restrict out, const double *restrict matrix, const double *restrict x, long rows,
    long stride) {
  long i = 0;
  for (; i + 32 <= stride; i += 32) {
    vector8 a = {0}, b = {0}, c = {0}, d = {0};
    const double *m = matrix + i;
    for (long r = 0; r < rows; r++, m += stride) {
      double w = x[r];
      a += w * LOAD(m);
      b += w * LOAD(m + 8);
      c += w * LOAD(m + 16);
      d += w * LOAD(m + 24);
    }
    STORE(out + i) = a;
    STORE(out + i + 8) = b;
    STORE(out + i + 16) = c;
    STORE(out + i + 24) = d;
  }
  for (; i < stride; i += 8) {
    vector8 a = {0}, b = {0};
    const double *m = matrix + i;
    long r = 0;
    for (; r + 2 <= rows; r += 2, m += 2 * stride) {
      a += x[r] * LOAD(m);
      b += x[r + 1] * LOAD(m + stride);
    }
    if (r < rows) a += x[r] * LOAD(m);
    STORE(out + i) = a + b;
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
