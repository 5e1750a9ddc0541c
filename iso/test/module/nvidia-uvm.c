// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// nvidia-uvm.c: needs nvidia.ko.
#include <linux/fs.h>
#include <linux/module.h>

int bee_test_nvidia(void);

static const struct file_operations nothing = { .owner = THIS_MODULE };
static int major;

static int __init uvm_init(void)
{
	bee_test_nvidia();
	major = register_chrdev(0, "nvidia-uvm", &nothing);
	return major < 0 ? major : 0;
}

static void __exit uvm_exit(void)
{
	unregister_chrdev(major, "nvidia-uvm");
}

module_init(uvm_init);
module_exit(uvm_exit);
MODULE_DESCRIPTION("test stand-in for nvidia-uvm.ko");
MODULE_LICENSE("GPL");
