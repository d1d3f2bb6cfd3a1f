// A button that changes something. Where nothing may be changed, it is off and says why.
import { Button, type ButtonProps } from "@blueprintjs/core";

import { useWhyNot } from "../shell/case";

interface Props extends ButtonProps {
  /** The permission that it needs, by the words of the session. */
  readonly needs?: string;
}

export function WriteButton({ needs = "judge", disabled = false, title, ...rest }: Props) {
  const why = useWhyNot()(needs);
  const said = why ?? title;
  return <Button {...rest} disabled={disabled || why !== undefined} {...(said === undefined ? {} : { title: said })} />;
}
