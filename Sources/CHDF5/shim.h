#include <hdf5.h>
#include <stdio.h>

// Swift cannot see macros that open the library first, nor use its global variables.
static inline hid_t seedbed_h5_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t seedbed_h5_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t seedbed_h5_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t seedbed_h5_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t seedbed_h5_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t seedbed_h5_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t seedbed_h5_stored(int bytes, int is_signed) {
  switch (bytes) {
  case 1: return is_signed ? H5T_STD_I8LE : H5T_STD_U8LE;
  case 2: return is_signed ? H5T_STD_I16LE : H5T_STD_U16LE;
  case 4: return is_signed ? H5T_STD_I32LE : H5T_STD_U32LE;
  default: return is_signed ? H5T_STD_I64LE : H5T_STD_U64LE;
  }
}
static inline hid_t seedbed_h5_stored_float(int bytes) { return bytes == 4 ? H5T_IEEE_F32LE : H5T_IEEE_F64LE; }
static inline hid_t seedbed_h5_text(void) { return H5T_C_S1; }
static inline hid_t seedbed_h5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t seedbed_h5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t seedbed_h5_link_create(void) { return H5P_LINK_CREATE; }
static inline size_t seedbed_h5_variable(void) { return H5T_VARIABLE; }

static inline hid_t seedbed_h5_open(const char *path, hid_t access) { return H5Fopen(path, H5F_ACC_RDONLY, access); }
static inline hid_t seedbed_h5_create(const char *path, hid_t access) {
  return H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, access);
}
// Errors are asked for, not printed; and the library does not tidy up at the process's end, where it complains of what
// damaged files left open.
static inline void seedbed_h5_silence(void) {
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static herr_t seedbed_h5_keep_reason(unsigned n, const H5E_error2_t *error, void *text) {
  if (n == 0 && error->desc) snprintf((char *)text, 256, "%s", error->desc);
  return 0;
}
// The innermost reason of the last failure; `text` has room for 256 characters.
static inline void seedbed_h5_reason(char *text) {
  text[0] = 0;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, seedbed_h5_keep_reason, text);
}
// The kind of a link: 0 hard, 1 soft, other values lead into other files; negative where there is none.
static inline int seedbed_h5_link_kind(hid_t place, const char *path) {
  H5L_info_t info;
  return H5Lget_info(place, path, &info, H5P_DEFAULT) < 0 ? -1 : (int)info.type;
}
// The type of an object: 0 group, 1 dataset, 2 named type; negative where it cannot be found.
static inline int seedbed_h5_object_kind(hid_t place, const char *path) {
  hid_t object = H5Oopen(place, path, H5P_DEFAULT);
  if (object < 0) return -1;
  H5I_type_t type = H5Iget_type(object);
  H5Oclose(object);
  return type == H5I_GROUP ? 0 : type == H5I_DATASET ? 1 : 2;
}
