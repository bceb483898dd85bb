/** Compiles a main file (from the repository's root) with all it imports; returns the path of the JavaScript. */
export function compile(main: string): Promise<string>;
