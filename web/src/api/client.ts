// Requests to the server this page came from; to nowhere else. Types come from openapi.json
// (`npm run types`). What goes wrong is a `Problem` with a text for the user.

/** What the server says of a request that it did not carry out (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
    this.name = "Problem";
  }
}

/** Told of every request that fails because the session is over. */
let onSignedOut: () => void = () => undefined;
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export function pathWith(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const one of value as readonly string[]) search.append(name, one);
    else search.append(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

interface Options {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Sends a request and reads the JSON of the answer. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  const { method = "GET", query, body, signal } = options;
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  // A page of another origin cannot set this header: the server takes no write without it.
  if (method !== "GET") headers["X-Crossroll-Request"] = "1";
  let response: Response;
  try {
    response = await fetch(pathWith(path, query), {
      method, headers, credentials: "same-origin", cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Problem(0, "unreachable", "The server does not answer.", "Is `crossroll serve` still running?");
  }
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  const json: unknown = text ? safeParse(text) : undefined;
  if (response.ok) return json as T;
  if (response.status === 401) onSignedOut();
  throw problemOf(response.status, json);
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(status: number, json: unknown): Problem {
  const said = typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  const word = (key: string) => (typeof said[key] === "string" ? (said[key] as string) : undefined);
  const message = word("message") ?? word("detail") ?? word("title") ?? `The server answered ${status}.`;
  return new Problem(status, word("code") ?? "unknown", message, word("hint"));
}
