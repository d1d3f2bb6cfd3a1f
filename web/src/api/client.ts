// Requests to the server this page came from; to nowhere else. Types come from openapi.json
// (`npm run types`). What goes wrong is a `Problem` with a text for the user.

import { noteTrouble } from "./trouble";

/** What the server says of a request that it did not carry out (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint?: string,
    /** What else the server said, for example how many leads are meant now. */
    readonly more: Readonly<Record<string, unknown>> = {},
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
  /** A body that is no JSON: a table. */
  readonly text?: string;
  readonly signal?: AbortSignal;
}

/** What every write carries to show that it comes from these screens; known once somebody is signed in. */
let csrf = "";
export function setCsrf(token: string): void {
  csrf = token;
}

/** Sends a request and reads the JSON of the answer. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  const text = await requestText(path, options);
  return (text ? safeParse(text) : undefined) as T;
}

/** Sends a request and gives the text of the answer. */
export async function requestText(path: string, options: Options = {}): Promise<string> {
  const { method = "GET", query, body, text: plain, signal } = options;
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (plain !== undefined) headers["Content-Type"] = "text/csv";
  if (method !== "GET" && csrf) headers["X-CSRF-Token"] = csrf;
  let response: Response;
  try {
    response = await fetch(pathWith(path, query), {
      method, headers, credentials: "same-origin", cache: "no-store",
      ...(body === undefined ? (plain === undefined ? {} : { body: plain }) : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    noteTrouble("unreachable");
    throw new Problem(0, "unreachable", "The server does not answer.");
  }
  const text = await response.text();
  if (response.ok) {
    if (isLogged(path)) noteTrouble(undefined);
    return text;
  }
  if (response.status === 401) onSignedOut();
  const problem = problemOf(response.status, safeParse(text));
  if (problem.code === "no_log") noteTrouble("no_log");
  throw problem;
}

/** Whether an answer shows that the log can be written: nearly all of a case are logged. */
function isLogged(path: string): boolean {
  return /\/cases\/./.test(path) && !path.includes("/jobs");
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
  return new Problem(status, word("code") ?? "unknown", message, word("hint"), said);
}
