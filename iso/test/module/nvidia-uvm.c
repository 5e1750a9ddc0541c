// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// nvidia-uvm.c: needs nvidia.ko.
#include <linux/module.h>

int bee_test_nvidia(void);

static int __init uvm_init(void)
{
	return bee_test_nvidia();
}

static void __exit uvm_exit(void)
{
}

module_init(uvm_init);
module_exit(uvm_exit);
MODULE_DESCRIPTION("test stand-in for nvidia-uvm.ko");
MODULE_LICENSE("GPL");
