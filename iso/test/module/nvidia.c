// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// nvidia.c: a module that does nothing but export a symbol, as NVIDIA's first
// module does to the others: loaded out of order, they cannot resolve it.
#include <linux/module.h>

int bee_test_nvidia(void);

int bee_test_nvidia(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(bee_test_nvidia);

MODULE_DESCRIPTION("test stand-in for nvidia.ko");
MODULE_LICENSE("GPL");
