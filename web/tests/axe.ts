// What axe finds on a page as it is now.
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Each place that axe (WCAG 2.2 AA) calls serious or critical. */
export async function serious(page: Page): Promise<string[]> {
  // What fades in has its colours at the end.
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== "running" || each.effect?.getComputedTiming().iterations === Infinity));
  await page.evaluate(`if (!window.axe) { ${axe.source} }`);
  const found = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: { run: (context: Document, options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } };
    return (await run.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })).violations;
  });
  return found.filter((each) => each.impact === "serious" || each.impact === "critical")
    .flatMap((each) => each.nodes.slice(0, 3).map((node) => `${each.id}: ${node.html.slice(0, 200)} ${node.failureSummary.replace(/\s+/g, " ").slice(0, 220)}`));
}
