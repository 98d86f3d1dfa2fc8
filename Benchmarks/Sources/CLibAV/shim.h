#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
