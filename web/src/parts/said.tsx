// What the server said: in the language of the screens, from their side; as it was said where there are no
// words for it.
import { useText } from "../i18n/use-text";
import { Written } from "./bidi";
import { useServerWords } from "./server-words";

export function Said({ text }: { text: string }) {
  const { dir } = useText();
  const said = useServerWords()(text);
  return said === text ? <Written text={text} /> : <bdi dir={dir}>{said}</bdi>;
}
