/** "GET /api/v1/accounts" for every line of Fastify's drawing of its routes (`printRoutes({ commonPrefix: false })`). */
export function routesIn(drawing: string): string[] {
  const above: string[] = [];
  return drawing.split("\n").flatMap((line) => {
    const [, indent = "", segment = "", methods] =
      /^((?:│ {3}| {4})*)[├└]── ([^ ]*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    if (segment === "") return [];
    const depth = indent.length / 4;
    above.splice(depth, above.length, segment);
    const path = above.join("");
    return methods === undefined ? [] : methods.split(", ").map((method) => `${method} ${path}`);
  });
}
