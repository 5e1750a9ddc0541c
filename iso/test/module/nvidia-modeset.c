// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// nvidia-modeset.c: needs nvidia.ko, and is needed by nvidia-drm.ko.
#include <linux/module.h>

int bee_test_nvidia(void);
int bee_test_modeset(void);

int bee_test_modeset(void)
{
	return bee_test_nvidia();
}
EXPORT_SYMBOL_GPL(bee_test_modeset);

MODULE_DESCRIPTION("test stand-in for nvidia-modeset.ko");
MODULE_LICENSE("GPL");
