// What the browser tests share: a server and a browser for each file, a page that listens for
// complaints, and shorthands for what a reviewer does.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";

import { launch } from "./browser";
import { discardMade, serve, type Served } from "./server";

export interface Desk {
  readonly served: Served;
  readonly browser: Browser;
  readonly caseName: string;
  /** A page of a fresh browser context. What it complains of is an error of the test. */
  readonly open: (where: string, options?: Options) => Promise<Sheet>;
  readonly api: <T>(where: string, body?: unknown) => Promise<T>;
}

interface Options {
  readonly language?: "en" | "ar";
  readonly theme?: "light" | "dark";
}

export interface Sheet {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
  readonly go: (where: string) => Promise<void>;
  /** Presses keys one after the other by their place on the keyboard. */
  readonly keys: (...codes: string[]) => Promise<void>;
  /** Waits for the words that tell what was done. */
  readonly told: (text: RegExp | string) => Promise<void>;
}

/** A server and a browser for the tests of one file; over the demo case, or the one whose folder `of` gives. */
export function desk(of?: () => string): () => Desk {
  let state: Desk | undefined;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    const served = await serve(of?.());
    const browser = await launch();
    const cookies = await entered(browser, served);
    const api = async <T>(where: string, body?: unknown): Promise<T> => {
      const context = contexts[0] ?? await newContext();
      const url = `${served.address}/api/v1${where}`;
      const session = await context.request.get(`${served.address}/api/v1/session`);
      const csrf = session.ok() ? ((await session.json()) as { csrf?: string }).csrf : undefined;
      const answer = body === undefined ? await context.request.get(url)
        : await context.request.post(url, { data: body, headers: { ...(csrf ? { "X-CSRF-Token": csrf } : {}), Origin: served.address } });
      if (!answer.ok()) throw new Error(`${where}: ${answer.status()} ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const newContext = async () => {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
      await context.addCookies(cookies);
      contexts.push(context);
      return context;
    };
    const open = async (where: string, { language = "en", theme = "light" }: Options = {}): Promise<Sheet> => {
      const context = await newContext();
      await context.addInitScript(([l, th]) => {
        if (localStorage.getItem("crossroll.language") === null) localStorage.setItem("crossroll.language", l ?? "en");
        if (localStorage.getItem("crossroll.theme") === null) localStorage.setItem("crossroll.theme", th ?? "light");
      }, [language, theme]);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(`${message.text()} ${message.location().url}`);
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      // Nothing leaves the machine.
      page.on("request", (request) => {
        if (!request.url().startsWith(served.address) && !request.url().startsWith("blob:")) complaints.push(`asked ${request.url()}`);
      });
      const go = async (path: string) => {
        await page.goto(`${served.address}/c/demo/${path}`);
        await page.locator("main h1, main h2, main .bp6-heading").first().waitFor();
      };
      await go(where);
      return {
        page, context, complaints, go,
        keys: async (...codes) => {
          for (const code of codes) await page.keyboard.press(code);
        },
        told: async (text) => page.locator(".toast").filter({ hasText: text }).first().waitFor(),
      };
    };
    state = { served, browser, open, api, caseName: "demo" };
  }, 180_000);
  afterAll(async () => {
    await state?.browser.close();
    state?.served.stop();
    discardMade();
  });
  return () => {
    if (!state) throw new Error("the desk is not ready");
    return state;
  };
}

/** Cookies of somebody whom the server has let in. */
async function entered(browser: Browser, { entrance }: Served) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(entrance);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/** A lead of the demo by what it is. */
export async function leadOf({ api }: Desk, filter: Record<string, string[]>): Promise<{ id: string; names: string[] }> {
  const { leads } = await api<{ leads: { id: string; names: string[] }[] }>("/cases/demo/leads/query", { filter: { facets: filter }, limit: 10 });
  const first = leads[0];
  if (!first) throw new Error(`the demo has no lead with ${JSON.stringify(filter)}`);
  return first;
}

export function calm(sheet: Sheet): void {
  expect(sheet.complaints).toEqual([]);
}
