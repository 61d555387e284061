// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"

/* One tile of c, height rows by 8 * width columns, stays in registers while depth runs. */
static inline __attribute__((always_inline)) void product_tile(
    double *c, long c_stride, const double *a, long row_step, long depth_step, const double *b,
    long b_stride, long depth, const int height, const int width) {
  vector8 total[6][4];
#pragma clang loop unroll(full)
  for (int i = 0; i < height; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < width; j++) total[i][j] = LOAD(c + i * c_stride + 8 * j);
  for (long k = 0; k < depth; k++, a += depth_step, b += b_stride) {
    vector8 row[4];
#pragma clang loop unroll(full)
    for (int j = 0; j < width; j++) row[j] = LOAD(b + 8 * j);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
      double x = a[i * row_step];
#pragma clang loop unroll(full)
      for (int j = 0; j < width; j++) total[i][j] += x * row[j];
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < height; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < width; j++) STORE(c + i * c_stride + 8 * j) = total[i][j];
}

/* All rows of 8 * width columns. */
static inline __attribute__((always_inline)) void product_panel(
    double *c, long c_stride, const double *a, long row_step, long depth_step, const double *b,
    long b_stride, long rows, long depth, const int height, const int width) {
  long i = 0;
  for (; i + height <= rows; i += height)
    product_tile(
        c + i * c_stride, c_stride, a + i * row_step, row_step, depth_step, b, b_stride, depth,
        height, width);
  for (; i < rows; i++)
    product_tile(
        c + i * c_stride, c_stride, a + i * row_step, row_step, depth_step, b, b_stride, depth, 1,
        width);
}

/* Fewer than 8 columns: through a copy of b that is padded with zeros, piece by piece. */
static inline __attribute__((always_inline)) void product_rest(
    double *c, long c_stride, const double *a, long row_step, long depth_step, const double *b,
    long b_stride, long rows, long columns, long depth) {
  enum { piece = 128, height = 4 };
  double padded[piece * 8], tile[height * 8];
  for (long begin = 0; begin < depth; begin += piece) {
    long length = depth - begin < piece ? depth - begin : piece;
    for (long k = 0; k < length; k++)
      for (long j = 0; j < 8; j++)
        padded[k * 8 + j] = j < columns ? b[(begin + k) * b_stride + j] : 0;
    for (long i = 0; i < rows; i += height) {
      long there = rows - i < height ? rows - i : height;
      for (long k = 0; k < height * 8; k++) tile[k] = 0;
      const double *from = a + i * row_step + begin * depth_step;
      if (there == height)
        product_tile(tile, 8, from, row_step, depth_step, padded, 8, length, height, 1);
      else
        for (long k = 0; k < there; k++)
          product_tile(
              tile + k * 8, 8, from + k * row_step, row_step, depth_step, padded, 8, length, 1, 1);
      for (long k = 0; k < there; k++)
        for (long j = 0; j < columns; j++) c[(i + k) * c_stride + j] += tile[k * 8 + j];
    }
  }
}

DISPATCHED static void product(
    double *c, long c_stride, const double *a, long row_step, long depth_step, const double *b,
    long b_stride, long rows, long columns, long depth, int wide) {
  long j = 0;
  if (wide) {
    for (; j + 32 <= columns; j += 32)
      product_panel(
          c + j, c_stride, a, row_step, depth_step, b + j, b_stride, rows, depth, 6, 4);
    for (; j + 8 <= columns; j += 8)
      product_panel(
          c + j, c_stride, a, row_step, depth_step, b + j, b_stride, rows, depth, 6, 1);
  } else {
    for (; j + 8 <= columns; j += 8)
      product_panel(
          c + j, c_stride, a, row_step, depth_step, b + j, b_stride, rows, depth, 4, 1);
  }
  if (j < columns)
    product_rest(
        c + j, c_stride, a, row_step, depth_step, b + j, b_stride, rows, columns - j, depth);
}

/* 24 sums of eight doubles need the 32 wide registers of AVX-512. */
static int has_wide_registers(void) {
#if defined(__x86_64__) && defined(__linux__)
  return __builtin_cpu_supports("avx512f") != 0;
#else
  return 0;
#endif
}

void kernel_matrix_product(
    double *c, long c_stride, const double *a, long row_step, long depth_step, const double *b,
    long b_stride, long rows, long columns, long depth) {
  if (columns == 1 && depth_step == 1 && b_stride == 1) {
    for (long i = 0; i < rows; i++) c[i * c_stride] += kernel_dot(a + i * row_step, b, depth);
    return;
  }
  int wide = has_wide_registers();
  if (columns == 1 && row_step == 1 && c_stride == 1) {
    /* The transposed product has its long side along the vectors. */
    product(c, rows, b, 1, b_stride, a, depth_step, 1, rows, depth, wide);
    return;
  }
  product(c, c_stride, a, row_step, depth_step, b, b_stride, rows, columns, depth, wide);
}
