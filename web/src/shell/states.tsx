// What a screen shows while it has nothing to show: it waits, there is nothing, or it failed. Each
// says what to do next.
import { Button, NonIdealState, Spinner } from "@blueprintjs/core";
import { Component, type ReactNode } from "react";

import { Problem } from "../api/client";
import { useText } from "../i18n/use-text";

export function Waiting() {
  const { t } = useText();
  return <div className="state" role="status" aria-label={t("state.waiting")}><Spinner size={28} aria-label={t("state.waiting")} /></div>;
}

export function Nothing({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="state">
      <NonIdealState title={title} layout="vertical" {...(action ? { action: <>{action}</> } : {})}>
        {children ? <p className="soft">{children}</p> : null}
      </NonIdealState>
    </div>
  );
}

/** The words for a failure, in the language of the screens where there are some. */
export function useFailure(): (error: unknown) => { text: string; hint: string | undefined } {
  const { t, word } = useText();
  return (error) => {
    if (!(error instanceof Problem)) return { text: t("state.failed"), hint: error instanceof Error ? error.message : undefined };
    const known = word("problem", error.code);
    const isKnown = known !== error.code.replace(/_/g, " ");
    return { text: isKnown ? known : error.message, hint: error.hint ?? (isKnown ? error.message : undefined) };
  };
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useText();
  const { text, hint } = useFailure()(error);
  return (
    <div className="state" role="alert">
      <NonIdealState title={text} layout="vertical" action={retry ? <Button onClick={retry}>{t("state.retry")}</Button> : <></>}>
        {hint ? <p className="soft">{hint}</p> : null}
      </NonIdealState>
    </div>
  );
}

interface BoundaryProps {
  readonly children: ReactNode;
  /** Another screen gets another chance. */
  readonly place: string;
}

/** Catches what a screen throws, so that the bar and the other screens stay. */
export class Boundary extends Component<BoundaryProps, { error: unknown; place: string }> {
  override state = { error: undefined as unknown, place: this.props.place };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: { error: unknown; place: string }) {
    return props.place === state.place ? null : { error: undefined, place: props.place };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <Failed error={this.state.error} retry={() => this.setState({ error: undefined })} />;
  }
}
