// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
// nvidia.c: exports a symbol, as NVIDIA's first module does to the others:
// loaded out of order, they cannot resolve it. Like that it tells of its GPUs
// in /proc and has a number in /proc/devices, and makes no device nodes.
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

int bee_test_nvidia(void);

int bee_test_nvidia(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(bee_test_nvidia);

// The driver's number, and two GPUs, of which the second is minor 3.
static const struct file_operations nothing = { .owner = THIS_MODULE };

static int show_minor(struct seq_file *file, void *unused)
{
	seq_printf(file, "Model: \t\t Test GPU\nDevice Minor: \t %ld\n", (long)file->private);
	return 0;
}

static void add_gpu(struct proc_dir_entry *gpus, const char *address, long minor)
{
	proc_create_single_data("information", 0444, proc_mkdir(address, gpus), show_minor, (void *)minor);
}

static int __init nvidia_init(void)
{
	struct proc_dir_entry *gpus;

	proc_mkdir("driver/nvidia", NULL);
	gpus = proc_mkdir("driver/nvidia/gpus", NULL);
	add_gpu(gpus, "0000:1b:00.0", 0);
	add_gpu(gpus, "0000:43:00.0", 3);
	return register_chrdev(195, "nvidia", &nothing);
}

static void __exit nvidia_exit(void)
{
	remove_proc_subtree("driver/nvidia", NULL);
	unregister_chrdev(195, "nvidia");
}

module_init(nvidia_init);
module_exit(nvidia_exit);
MODULE_DESCRIPTION("test stand-in for nvidia.ko");
MODULE_LICENSE("GPL");
