import { NO_PAGE_ROUTES, PAGE_ROUTES } from "./page-routes.ts";

interface Pattern {
  readonly route: string;
  readonly isPage: boolean;
  readonly like: RegExp;
  /** A word is nearer than a key, and the earlier difference decides, as the server has it. */
  readonly rank: string;
}

const patterns: readonly Pattern[] = [
  ...Object.keys(PAGE_ROUTES).map((route) => patternOf(route, true)),
  ...Object.keys(NO_PAGE_ROUTES).map((route) => patternOf(route, false)),
].sort((a, b) => (a.rank < b.rank ? -1 : 1));

/** Which route answers a path. Null for an address that nothing of the product's answers. */
export function routeOf(path: string): { readonly route: string; readonly isPage: boolean } | null {
  const found = patterns.find(({ like }) => like.test(path));
  return found === undefined ? null : { route: found.route, isPage: found.isPage };
}

function patternOf(route: string, isPage: boolean): Pattern {
  const parts = route.split("/");
  const like = parts.map((part) =>
    part === "*" ? ".+" : part.startsWith(":") ? "[^/]+" : part.replaceAll(".", "\\."),
  );
  const rank = parts.map((part) => (part === "*" ? "2" : part.startsWith(":") ? "1" : "0")).join("");
  return { route, isPage, like: new RegExp(`^${like.join("/")}$`), rank };
}
