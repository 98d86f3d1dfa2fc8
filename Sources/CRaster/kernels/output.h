// From the accumulators to the picture, and from the picture to the encoder's format.

static void resolve(const uint64_t *colors, uint8_t *rgb, size_t pixels) {
  for (size_t i = 0; i < pixels; i++, rgb += 3) {
    uint64_t color = colors[i] + 0x002000200020;
    rgb[0] = (uint8_t)(color >> 6);
    rgb[1] = (uint8_t)(color >> 22);
    rgb[2] = (uint8_t)(color >> 38);
  }
}

// ITU-R BT.601, limited range, in 1/65536. The chroma rows sum to 0, so that grey stays grey.
enum {
  Y_RED = 16829, Y_GREEN = 33039, Y_BLUE = 6416,
  U_RED = -9714, U_GREEN = -19071, U_BLUE = 28785,
  V_RED = 28785, V_GREEN = -24104, V_BLUE = -4681,
};

LANE uint8_t chroma(int red, int green, int blue, int weight_red, int weight_green, int weight_blue) {
  int sum = weight_red * red + weight_green * green + weight_blue * blue;  // Of four pixels.
  return (uint8_t)((sum + (128 << 18) + (1 << 17)) >> 18);
}

static void rgb_to_i420(const uint8_t *rgb, int width, int height, uint8_t *i420) {
  size_t pixels = (size_t)width * (size_t)height;
  for (size_t i = 0; i < pixels; i++) {
    const uint8_t *p = rgb + 3 * i;
    i420[i] = (uint8_t)((Y_RED * p[0] + Y_GREEN * p[1] + Y_BLUE * p[2] + (16 << 16) + (1 << 15)) >> 16);
  }
  int half_width = (width + 1) / 2, half_height = (height + 1) / 2;
  uint8_t *u = i420 + pixels, *v = u + (size_t)half_width * (size_t)half_height;
  for (int y = 0; y < half_height; y++) {
    const uint8_t *upper = rgb + 3 * (size_t)(2 * y) * (size_t)width;
    const uint8_t *lower = 2 * y + 1 < height ? upper + 3 * (size_t)width : upper;
    for (int x = 0; x < half_width; x++) {
      size_t left = 6 * (size_t)x, right = 2 * x + 1 < width ? left + 3 : left;
      int sum[3];
      for (int k = 0; k < 3; k++)
        sum[k] = upper[left + (size_t)k] + upper[right + (size_t)k] + lower[left + (size_t)k] + lower[right + (size_t)k];
      *u++ = chroma(sum[0], sum[1], sum[2], U_RED, U_GREEN, U_BLUE);
      *v++ = chroma(sum[0], sum[1], sum[2], V_RED, V_GREEN, V_BLUE);
    }
  }
}
