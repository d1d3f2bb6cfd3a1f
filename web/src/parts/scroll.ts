// Scrolling within one pane. `scrollIntoView` would move every pane around it as well, and the page.

/** Brings an element to the top of its pane, or into the middle of it. */
export function scrollWithin(pane: Element | null | undefined, element: Element | null | undefined, where: "top" | "middle", margin = 0): void {
  if (!pane || !element) return;
  const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
  if (where === "top") {
    void pane.scrollTo({ top: pane.scrollTop + inner.top - outer.top - margin });
    return;
  }
  void pane.scrollTo({
    top: pane.scrollTop + inner.top - outer.top - (outer.height - inner.height) / 2,
    left: pane.scrollLeft + inner.left - outer.left - (outer.width - inner.width) / 2,
  });
}
