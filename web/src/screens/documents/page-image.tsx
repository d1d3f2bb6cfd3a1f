// One page as an image, with a box lit on it. Zooming asks for a sharper image; turning turns the
// box with the page.
import { useState } from "react";

import type { Area } from "../../api/types";
import { useText } from "../../i18n/use-text";

interface Props {
  readonly url: (width: number) => string;
  /** 1 fits the width of the frame. */
  readonly zoom: number;
  /** Quarter turns to the right. */
  readonly turns: number;
  readonly lit: Area | undefined;
  readonly alt: string;
  /** Further boxes, for example of all that was read. */
  readonly boxes?: readonly { readonly area: Area; readonly title: string }[];
}

/** Width of the image in pixels at zoom 1. */
const WIDTH_PX = 1000;

export function PageImage({ url, zoom, turns, lit, alt, boxes = [] }: Props) {
  const { t } = useText();
  const [failed, setFailed] = useState<string>();
  // Two sharpnesses are enough, and both are kept by the browser while the page is shown.
  const source = url(zoom > 1.5 ? 2 * WIDTH_PX : WIDTH_PX);
  if (failed === source) return <p className="state soft" role="alert">{t("pages.failed")}</p>;
  return (
    <div className={`page-turn page-turn-${turns}`} style={{ inlineSize: `${zoom * 100}%` }}>
      <div className="page-sheet" dir="ltr">
        <img src={source} alt={alt} onError={() => setFailed(source)} draggable={false} />
        {boxes.map((box, at) => <span key={at} className="page-box" title={box.title} style={placeOf(box.area, 0)} />)}
        {lit ? <span className="lit-box" style={placeOf(lit, 0.004)} /> : null}
      </div>
    </div>
  );
}

/** The box with some air around it, so that it does not cover what it shows. */
function placeOf({ x, y, width, height }: Area, air: number) {
  const percent = (value: number) => `${value * 100}%`;
  return { left: percent(x - air), top: percent(y - air), width: percent(width + 2 * air), height: percent(height + 2 * air) };
}
