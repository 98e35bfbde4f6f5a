/** Loads a package of this repository; the releases in the cache have a file like it beside them. */
export const load = name => import(name)
