// Where the nodes of a chart lie: those that are tied draw each other near, all others push away. The
// same network lies the same way each time; nodes that were there stay about where they were. It is settled
// a few steps a frame, so that keys and pointer are answered meanwhile, and drawn when it lies still.
import type { Core, NodeSingular } from "cytoscape";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";

interface Body extends SimulationNodeDatum {
  readonly node: NodeSingular;
}

/** Nodes up to which there is room for names between them. Chosen by hand. */
const FEW = 120;
/** What a frame may spend on settling, in milliseconds; chosen by hand. */
const FRAME_MS = 12;
/** Steps until it lies still: `alphaDecay` follows from it as in d3's default of 300. */
const STEPS = 160;

/** Lays the chart out. What it gives back ends it. */
export function settle(chart: Core): () => void {
  const bodies: Body[] = chart.nodes().map((node, number) => ({ node, ...(node.scratch("place") === true ? { ...node.position() } : begin(node, number)) }));
  const at = new Map(bodies.map((body) => [body.node.id(), body]));
  const links = chart.edges().map((edge) => ({ source: at.get(edge.source().id()) ?? 0, target: at.get(edge.target().id()) ?? 0 }));
  const isSmall = bodies.length <= FEW;
  const simulation = forceSimulation(bodies)
    .alphaDecay(1 - Math.pow(0.001, 1 / STEPS))
    .force("tie", forceLink<Body, { source: Body | number; target: Body | number }>(links).distance(isSmall ? 80 : 60))
    .force("push", forceManyBody<Body>().strength(isSmall ? -420 : -160).distanceMax(900))
    .force("apart", forceCollide<Body>(isSmall ? 34 : 20))
    .force("x", forceX<Body>().strength(0.03))
    .force("y", forceY<Body>().strength(0.06))
    .stop();
  let frame = 0;
  const step = () => {
    const until = performance.now() + FRAME_MS;
    while (performance.now() < until && simulation.alpha() > simulation.alphaMin()) simulation.tick();
    if (simulation.alpha() > simulation.alphaMin()) {
      frame = requestAnimationFrame(step);
      return;
    }
    chart.batch(() => bodies.forEach(({ node, x = 0, y = 0 }) => node.position({ x, y }).scratch("place", true)));
    chart.fit(undefined, 30);
  };
  step();
  return () => cancelAnimationFrame(frame);
}

/** A new node begins beside one that it is tied to and that has a place; by its number, so the same each time. */
function begin(node: NodeSingular, number: number): { x?: number; y?: number } {
  const known = node.neighborhood("node").filter((other) => other.scratch("place") === true);
  if (known.empty()) return {};
  const { x, y } = (known.first() as NodeSingular).position();
  return { x: x + 40 * Math.cos(number), y: y + 40 * Math.sin(number) };
}
