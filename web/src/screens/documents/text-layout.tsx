// The text of a document in reading order, with one place lit: for documents without page images,
// and beside those that have them.
import { useQuery } from "@tanstack/react-query";
import { Fragment, memo, useMemo } from "react";

import type { Block, Span } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";

/** Blocks that are shown; a register of thousands of rows is looked through in its own program. */
const BLOCKS_MAX = 400;
/** Rows of one table that are shown where no place is asked for. */
const ROWS_MAX = 200;
/** Rows that are shown around a place: a lead has to be there at once. Those of other tables are cut as short. */
const ROWS_AROUND = 24;
/** Rows of them above it. */
const ROWS_ABOVE = 4;

interface Props {
  readonly id: string;
  /** The place that is lit, in words as citations have it. */
  readonly lit: string | undefined;
  /** The place that is shown before any is lit: a lead's own row of a register. */
  readonly near?: string | undefined;
  /** All that the lead says stands in that row. */
  readonly isRow?: boolean;
  readonly onPoint?: (span: Span | undefined) => void;
  /** Texts can be chosen, by pointer and by key. */
  readonly onChoose?: ((span: Span) => void) | undefined;
}

export function TextLayout({ id, lit, near, isRow = false, onPoint, onChoose }: Props) {
  const { t } = useText();
  const { name, calls } = useCase();
  const { data, error, refetch } = useQuery({
    queryKey: [name, "layout", id], queryFn: ({ signal }) => calls.layout(id, signal), staleTime: Infinity,
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (data.blocks.length === 0) return <Nothing title={t("layout.none")}>{t("layout.none_hint")}</Nothing>;
  return (
    <div className="layout-text">
      {data.blocks.slice(0, BLOCKS_MAX).map((block, at) => (
        // A block without the place is not drawn anew when another place is lit.
        <BlockText key={at} block={block} isCut={(near ?? lit) !== undefined} lit={within(block, lit)} near={within(block, near)} isRow={isRow} onPoint={onPoint} onChoose={onChoose} />
      ))}
      {data.blocks.length > BLOCKS_MAX ? <p className="soft">{t("layout.more", { n: data.blocks.length - BLOCKS_MAX })}</p> : null}
    </div>
  );
}

/** The place, if the block has it. */
function within(block: Block, place: string | undefined): string | undefined {
  return place !== undefined && rowOf(block, place) >= 0 ? place : undefined;
}

/** The direction of a block: that of most of its letters. A table of Arabic begins at the right, as on its page. */
function directionOf(block: Block): "ltr" | "rtl" {
  let balance = 0;
  for (const row of block.rows.slice(0, ROWS_AROUND)) {
    for (const cell of row) {
      for (const { text } of cell) balance += (text.match(/\p{Script=Arabic}/gu)?.length ?? 0) - (text.match(/\p{Script=Latin}/gu)?.length ?? 0);
    }
  }
  return balance > 0 ? "rtl" : "ltr";
}

function rowOf(block: Block, place: string | undefined): number {
  return place === undefined ? -1 : block.rows.findIndex((row) => row.some((cell) => cell.some((span) => span.place === place)));
}

interface BlockProps {
  readonly block: Block;
  readonly isCut: boolean;
  readonly lit: string | undefined;
  readonly near: string | undefined;
  readonly isRow: boolean;
  readonly onPoint: Props["onPoint"];
  readonly onChoose: Props["onChoose"];
}

const BlockText = memo(function BlockText({ block, isCut, lit, near, isRow, onPoint, onChoose }: BlockProps) {
  const { t } = useText();
  const spans = (all: readonly Span[]) => all.map((span, at) => (
    <Fragment key={at}>
      {at > 0 ? " " : null}
      <span
        className={span.place === lit ? "lit-text" : ""} title={span.place}
        {...(onPoint ? { onPointerEnter: () => onPoint(span), onPointerLeave: () => onPoint(undefined) } : {})}
      >
        {onChoose ? <button type="button" className="plain layout-choice" onClick={() => onChoose(span)}><Written text={span.text} /></button> : <Written text={span.text} />}
      </span>
    </Fragment>
  ));
  const dir = useMemo(() => directionOf(block), [block]);
  if (block.kind !== "table") return <p dir={dir}>{block.rows.map((row) => row.map((cell) => spans(cell)))}</p>;
  const [own, asked] = [rowOf(block, near), rowOf(block, lit)];
  const shown = isCut ? ROWS_AROUND : ROWS_MAX;
  const begin = Math.max(0, own - ROWS_ABOVE);
  // The rows stand still while places among them are pointed at.
  const from = asked < 0 || asked >= begin && asked < begin + shown ? begin : Math.max(0, asked - ROWS_ABOVE);
  const left = block.rows.length - Math.min(block.rows.length, from + shown);
  return (
    <>
      {from > 0 ? <p className="soft small">{t("layout.rows_above", { n: from })}</p> : null}
      <table className="plain layout-table" dir={dir}>
        <tbody>
          {block.rows.slice(from, from + shown).map((cells, at) => (
            <tr key={from + at} className={isRow && from + at === own ? "is-near" : ""}>{cells.map((cell, column) => <td key={column}>{spans(cell)}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {left > 0 ? <p className="soft small">{t("layout.rows_below", { n: left })}</p> : null}
    </>
  );
});
