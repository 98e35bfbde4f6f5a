/** The version of the kernel: equal to that of the package, which a test checks. */
export const KERNEL_VERSION = '0.3.0'
