// The chart of a network, drawn on a canvas: people as discs, what they share as small squares
// between them. Colors come from the theme; the table beside the chart says the same in words.
import { Button, ButtonGroup } from "@blueprintjs/core";
import { Minus, Plus } from "@blueprintjs/icons";
import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from "cytoscape";
import { useEffect, useRef } from "react";

import type { Network } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { useTheme } from "../../shell/theme";
import { settle } from "./settle";

export interface Picked {
  readonly kind: "person" | "tie";
  readonly id: string;
}

interface Props {
  readonly network: Network;
  readonly center: string;
  /** People along a way, from one end to the other. */
  readonly steps: readonly string[];
  readonly onPick: (picked: Picked | undefined) => void;
}

/** By how much one press zooms. */
const ZOOM = 1.4;
/** Characters of a name in the chart; the whole stands in the table. */
const NAME_MAX = 24;
export function Chart({ network, center, steps, onPick }: Props) {
  const { t } = useText();
  const { isDark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const core = useRef<Core>();
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!place.current) return undefined;
    forestallStylesheet();
    const chart = cytoscape({ container: place.current, hideEdgesOnViewport: false, textureOnViewport: false, minZoom: 0.1, maxZoom: 4 });
    chart.on("tap", (event) => {
      if (event.target === chart) pick.current(undefined);
      else if (event.target.isNode?.()) pick.current({ kind: event.target.data("kind") as Picked["kind"], id: event.target.data("key") as string });
    });
    core.current = chart;
    // For the script that measures how smoothly it moves.
    (window as { crossrollChart?: Core }).crossrollChart = chart;
    return () => chart.destroy();
  }, []);
  useEffect(() => {
    core.current?.style(styleOf(isDark));
  }, [isDark]);
  useEffect(() => {
    const chart = core.current;
    if (!chart) return undefined;
    const wanted = elementsOf(network, center, new Set(steps));
    const ids = new Set(wanted.map((element) => element.data.id));
    chart.batch(() => {
      chart.elements().filter((element) => !ids.has(element.id())).remove();
      for (const element of wanted) {
        const known = chart.getElementById(element.data.id ?? "");
        if (known.nonempty()) known.classes(element.classes ?? "");
        else chart.add(element);
      }
    });
    return settle(chart);
  }, [network, center, steps]);
  const zoom = (factor: number) => {
    const chart = core.current;
    chart?.zoom({ level: chart.zoom() * factor, renderedPosition: { x: chart.width() / 2, y: chart.height() / 2 } });
  };
  useKeys({ zoomIn: () => zoom(ZOOM), zoomOut: () => zoom(1 / ZOOM) });
  return (
    <div className="network-drawn">
      <div ref={place} className="network-chart" role="img" aria-label={t("network.chart", { people: t("leads#", { n: network.people.length }), ties: t("ties#", { n: network.ties.length }) })} />
      <ButtonGroup className="network-zoom">
        <Button size="small" icon={<Minus />} aria-label={t("pages.zoom_out")} title={t("pages.zoom_out")} onClick={() => zoom(1 / ZOOM)} />
        <Button size="small" icon={<Plus />} aria-label={t("pages.zoom_in")} title={t("pages.zoom_in")} onClick={() => zoom(ZOOM)} />
        <Button size="small" onClick={() => core.current?.fit(undefined, 30)}>{t("network.fit")}</Button>
      </ButtonGroup>
    </div>
  );
}

/**
 * Cytoscape writes a stylesheet of one rule into the page unless an element of this id is there; the
 * server's policy forbids that. Our own stylesheet has the rule.
 */
function forestallStylesheet(): void {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const mark = document.createElement("meta");
  mark.id = id;
  document.head.append(mark);
}

function elementsOf(network: Network, center: string, steps: ReadonlySet<string>): ElementDefinition[] {
  const people = network.people.map((person): ElementDefinition => ({
    group: "nodes", classes: `person ${person.id === center ? "center" : ""} ${steps.has(person.id) ? "step" : ""} ${person.status}`,
    data: { id: `p ${person.id}`, key: person.id, kind: "person", label: shortened(person.name ?? person.id) },
  }));
  const ties = network.ties.flatMap((tie): ElementDefinition[] => {
    const id = `t ${tie.kind} ${tie.label}`;
    const onWay = tie.links.filter((link) => steps.has(link.person)).length > 1;
    const linked = [...new Set(tie.links.map((link) => link.person))];
    return [
      { group: "nodes", classes: `tie ${tie.kind} ${onWay ? "step" : ""}`, data: { id, key: `${tie.kind} ${tie.label}`, kind: "tie", label: shortened(tie.label), size: linked.length } },
      ...linked.map((person): ElementDefinition => ({
        group: "edges", classes: onWay && steps.has(person) ? "step" : "", data: { id: `${id} ${person}`, source: id, target: `p ${person}` },
      })),
    ];
  });
  return [...people, ...ties];
}

function shortened(text: string): string {
  return text.length > NAME_MAX ? `${text.slice(0, NAME_MAX - 1)}…` : text;
}

function styleOf(isDark: boolean): StylesheetJson {
  const [ink, line, ground, accent, lit] = isDark ? ["#f0f2f5", "#5f6b7c", "#252a31", "#8abbff", "#ffc940"] : ["#1c2127", "#8f99a8", "#ffffff", "#215db0", "#c77700"];
  return [
    { selector: "node", style: { label: "data(label)", color: ink, "font-size": 11, "font-family": "Noto Sans Variable, Noto Naskh Arabic Letters, sans-serif", "text-valign": "bottom", "text-margin-y": 3, "text-outline-color": ground, "text-outline-width": 2, "min-zoomed-font-size": 7 } },
    { selector: ".person", style: { "background-color": accent, width: 22, height: 22 } },
    { selector: ".person.listed, .person.listed_reported_dead", style: { "border-width": 4, "border-color": isDark ? "#ff9ea1" : "#a82a2d" } },
    { selector: ".person.center", style: { width: 32, height: 32, "font-weight": "bold" } },
    { selector: ".tie", style: { shape: "round-rectangle", "background-color": line, width: 11, height: 11, "font-size": 9 } },
    // What many share can be read while all of it is in sight.
    { selector: ".tie[size > 20]", style: { width: 26, height: 26, "font-size": 30, "text-outline-width": 4, "font-weight": "bold", "z-index": 2 } },
    { selector: "edge", style: { width: 1.2, "line-color": line, "curve-style": "haystack" } },
    { selector: "node.step", style: { "background-color": lit } },
    { selector: "edge.step", style: { "line-color": lit, width: 3.5 } },
    { selector: ":selected", style: { "border-width": 3, "border-color": lit } },
  ];
}
