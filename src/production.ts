/**
 * React renders pages and mails several times faster without the checks it makes for developers. It looks once,
 * when it is loaded, so this is the first import of whatever starts the product. A test keeps its own mode.
 */
// biome-ignore lint/style/noProcessEnv: not a setting of ours; it is how React is told.
process.env["NODE_ENV"] ??= "production";
