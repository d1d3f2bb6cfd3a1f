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
  /** Called once the page has its height. */
  readonly onReady?: () => void;
  /** Further boxes, for example of all that was read. */
  readonly boxes?: readonly { readonly area: Area; readonly title: string }[];
}

/** Width of the image in pixels at zoom 1. */
export const WIDTH_PX = 1000;

export function PageImage({ url, zoom, turns, lit, alt, onReady, boxes = [] }: Props) {
  const { t } = useText();
  const [failed, setFailed] = useState<string>();
  const [isReady, setReady] = useState(false);
  /** Height by width, known once the image is there. */
  const [ratio, setRatio] = useState(Math.SQRT2);
  // On its side a page is as wide as it was high.
  const isAside = turns % 2 === 1;
  // Two sharpnesses are enough, and both are kept by the browser while the page is shown.
  const source = url(zoom > 1.5 ? 2 * WIDTH_PX : WIDTH_PX);
  if (failed === source) return <p className="state soft" role="alert">{t("pages.failed")}</p>;
  return (
    <div className="page-turn" dir="ltr" style={{ inlineSize: `${zoom * 100}%`, ...(isAside ? { aspectRatio: ratio } : {}) }}>
      <div className={`page-sheet ${isAside ? "is-aside" : ""}`} style={{ rotate: `${turns * 90}deg`, ...(isAside ? { inlineSize: `${100 / ratio}%` } : {}) }}>
        <img
          src={source} alt={alt} draggable={false} onError={() => setFailed(source)}
          {...(isReady ? {} : { style: { aspectRatio: 1 / ratio } })}
          onLoad={({ currentTarget: { naturalHeight, naturalWidth } }) => {
            setRatio(naturalHeight / Math.max(1, naturalWidth));
            setReady(true);
            onReady?.();
          }}
        />
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
