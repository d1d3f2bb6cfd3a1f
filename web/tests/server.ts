// A real server over a case of its own, on a port that the system chooses. Whoever starts it stops it.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Served {
  /** Where it answers, without a slash at the end. */
  readonly address: string;
  /** The address to be opened first; it may carry the token that lets the analyst in. */
  readonly entrance: string;
  /** The case that is served: a copy. Empty where a server ran already. */
  readonly folder: string;
  readonly stop: () => void;
}

/** The newest build of the program; CROSSROLL_BIN names another. */
export function binary(): string {
  const named = process.env["CROSSROLL_BIN"];
  if (named) return named;
  const target = process.env["CARGO_TARGET_DIR"] ?? path.join(import.meta.dirname, "../../target");
  const built = ["release", "debug"].map((profile) => path.join(target, profile, "crossroll")).filter((file) => existsSync(file));
  const newest = built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (!newest) throw new Error("the program is not built: cargo build --package crossroll");
  return newest;
}

/** How long the demo may take to be made, and the server to answer, in milliseconds. */
const READY_MS = 120_000;

let demo: string | undefined;

const made = new Set<string>();

/** Notes a folder that the tests of a file made; workers are ended without an `exit` to remove it at. */
export function noteMade(folder: string): void {
  made.add(folder);
}

export function discardMade(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
  made.clear();
  demo = undefined;
}

/** The demo case, made once for all tests of a file. */
export function demoCase(): string {
  if (!demo) {
    const folder = mkdtempSync(path.join(tmpdir(), "crossroll-demo-"));
    execFileSync(binary(), ["demo", path.join(folder, "demo"), "--no-serve"], { stdio: "ignore", timeout: READY_MS });
    demo = path.join(folder, "demo");
    noteMade(folder);
  }
  return path.join(demo, "case");
}

/** Serves a copy of a case, so that what a test does is gone after it. CASE names a case of one's
 * own, CROSSROLL_ADDRESS a server that runs already. */
export async function serve(of?: string): Promise<Served> {
  const running = process.env["CROSSROLL_ADDRESS"];
  if (running) return { address: running, entrance: `${running}/`, folder: "", stop: () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), "crossroll-web-"));
  const copy = path.join(folder, "demo");
  cpSync(of ?? process.env["CASE"] ?? demoCase(), copy, { recursive: true });
  return started(["serve", copy, "--listen", "127.0.0.1:0"], folder, copy);
}

/** Serves a desk of one case, a copy of the demo: people sign in. The entrance is the link by which its first
 * admin sets a password. */
export async function serveDesk(): Promise<Served> {
  const folder = mkdtempSync(path.join(tmpdir(), "crossroll-desk-"));
  cpSync(demoCase(), path.join(folder, "demo"), { recursive: true });
  const served = await started(["serve", "--cases", folder, "--listen", "127.0.0.1:0"], folder, folder, /https?:\/\/127\.0\.0\.1:\d+\/welcome\S*/);
  execFileSync(binary(), ["users", "member", folder, "demo", "admin", "lead"], { stdio: "ignore", timeout: READY_MS });
  return served;
}

/** Starts a server and waits until it prints its link; `folder` goes when it ends. */
async function started(args: readonly string[], folder: string, served: string, link = /https?:\/\/127\.0\.0\.1:\d+\S*/): Promise<Served> {
  const child = spawn(binary(), args, { stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => {
    child.kill("SIGINT");
    // A server that does not end by itself is ended; it has a case of its own.
    setTimeout(() => child.exitCode === null && child.kill("SIGKILL"), 5000).unref();
    child.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  };
  try {
    const entrance = await entranceOf(child, link);
    return { entrance, address: new URL(entrance).origin, folder: served, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function entranceOf(child: ChildProcess, link: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`the server does not start: ${said}`)), READY_MS);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const url = link.exec(said)?.[0];
      if (!url || !said.slice(said.indexOf(url) + url.length).includes("\n")) return;
      clearTimeout(timer);
      resolve(url.replace(/[.,]$/, ""));
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code}: ${said}`));
    });
  });
}
