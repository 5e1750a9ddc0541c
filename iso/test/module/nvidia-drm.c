// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// nvidia-drm.c: needs nvidia-modeset.ko.
#include <linux/module.h>

int bee_test_modeset(void);

static int __init drm_init(void)
{
	return bee_test_modeset();
}

static void __exit drm_exit(void)
{
}

module_init(drm_init);
module_exit(drm_exit);
MODULE_DESCRIPTION("test stand-in for nvidia-drm.ko");
MODULE_LICENSE("GPL");
