// The text of a document in reading order, with one place lit: for documents without page images,
// and beside those that have them.
import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";

import type { Block, Span } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";

/** Blocks that are shown; a register of thousands of rows is looked through in its own program. */
const BLOCKS_MAX = 400;
/** Rows of one table that are shown where none is lit. */
const ROWS_MAX = 200;
/** Rows that are shown around the lit one: a lead has to be there at once. */
const ROWS_AROUND = 40;

interface Props {
  readonly id: string;
  /** The place that is lit, in words as citations have it. */
  readonly lit: string | undefined;
  readonly onPoint?: (span: Span | undefined) => void;
  /** Texts can be chosen, by pointer and by key. */
  readonly onChoose?: ((span: Span) => void) | undefined;
}

export function TextLayout({ id, lit, onPoint, onChoose }: Props) {
  const { t } = useText();
  const { name, calls } = useCase();
  const { data, error, refetch } = useQuery({
    queryKey: [name, "layout", id], queryFn: ({ signal }) => calls.layout(id, signal), staleTime: Infinity,
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (data.blocks.length === 0) return <Nothing title={t("layout.none")}>{t("layout.none_hint")}</Nothing>;
  return (
    <div className="layout-text">
      {data.blocks.slice(0, BLOCKS_MAX).map((block, at) => <BlockText key={at} block={block} lit={lit} onPoint={onPoint} onChoose={onChoose} />)}
      {data.blocks.length > BLOCKS_MAX ? <p className="soft">{t("layout.more", { n: data.blocks.length - BLOCKS_MAX })}</p> : null}
    </div>
  );
}

interface BlockProps {
  readonly block: Block;
  readonly lit: string | undefined;
  readonly onPoint: Props["onPoint"];
  readonly onChoose: Props["onChoose"];
}

function BlockText({ block, lit, onPoint, onChoose }: BlockProps) {
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
  if (block.kind !== "table") return <p>{block.rows.map((row) => row.map((cell) => spans(cell)))}</p>;
  const row = block.rows.findIndex((each) => each.some((cell) => cell.some((span) => span.place === lit)));
  const shown = row < 0 ? ROWS_MAX : ROWS_AROUND;
  const from = Math.max(0, row - ROWS_AROUND / 2);
  return (
    <table className="plain layout-table" dir="auto">
      <tbody>
        {block.rows.slice(from, from + shown).map((cells, at) => (
          <tr key={from + at}>{cells.map((cell, column) => <td key={column}>{spans(cell)}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}
