#ifndef STEPWELL_BASELINE_LMDB_SHIM_H
#define STEPWELL_BASELINE_LMDB_SHIM_H
#include <lmdb.h>
#endif
