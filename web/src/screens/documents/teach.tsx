// Teaching a layout from the document that is open: a text is chosen, then the question it answers.
// What was learnt is kept with the case, and the next run reads with it.
import { Button, Callout, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { SmallCross } from "@blueprintjs/icons";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { type Answers, ANSWERS, KEYS } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { useFailure } from "../../shell/states";
import { useToast } from "../../shell/toasts";
import { WriteButton } from "../../parts/write-button";

export interface MarkedText {
  readonly key: string;
  readonly text: string;
}

interface Props {
  readonly document: string;
  readonly marks: readonly MarkedText[];
  readonly change: (marks: readonly MarkedText[]) => void;
  readonly close: () => void;
}

export function Teach({ document, marks, change, close }: Props) {
  const { t, word } = useText();
  const { name: caseName, calls } = useCase();
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const [name, setName] = useState("");
  const [answers, setAnswers] = useState<Answers | "">("");
  const [refused, setRefused] = useState<string>();
  const isReady = name.trim() !== "" && marks.length > 0 && marks.every(({ key, text }) => key && text.trim());
  const put = (at: number, mark: MarkedText) => change(marks.map((each, place) => (place === at ? mark : each)));
  const teach = () => calls.teach({ document, name: name.trim(), marks: [...marks], ...(answers ? { answers } : {}) }).then(
    () => {
      void client.invalidateQueries({ queryKey: [caseName] });
      show({ text: t("teach.done", { name: name.trim() }) });
      close();
    },
    (error: unknown) => {
      const { text, hint } = failure(error);
      setRefused(hint ? `${text}. ${hint}` : text);
    },
  );
  return (
    <section className="teach" aria-label={t("teach.title")}>
      <div className="row"><h2>{t("teach.title")}</h2><Button className="end" size="small" onClick={close}>{t("cancel")}</Button></div>
      <p className="soft small">{t("teach.about")}</p>
      <ul className="teach-marks">
        {marks.map((mark, at) => (
          <li key={at}>
            <HTMLSelect value={mark.key} aria-label={t("teach.key_of", { text: mark.text })} onChange={(event) => put(at, { ...mark, key: event.currentTarget.value })}>
              <option value="">{t("teach.choose")}</option>
              {KEYS.map((key) => <option key={key} value={key}>{word("key", key)}</option>)}
            </HTMLSelect>
            <InputGroup dir="auto" value={mark.text} aria-label={t("teach.answer")} onChange={(event) => put(at, { ...mark, text: event.currentTarget.value })} />
            <Button size="small" variant="minimal" icon={<SmallCross />} aria-label={t("teach.drop", { text: mark.text })} onClick={() => change(marks.filter((_, place) => place !== at))} />
          </li>
        ))}
      </ul>
      {marks.length === 0 ? <p className="soft">{t("teach.none")}</p> : null}
      {refused ? <Callout intent="danger" compact><bdi>{refused}</bdi></Callout> : null}
      <div className="row row-wrap">
        <InputGroup dir="ltr" value={name} placeholder={t("teach.name")} aria-label={t("teach.name")} onChange={(event) => setName(event.currentTarget.value)} />
        <HTMLSelect value={answers} aria-label={t("teach.where")} onChange={(event) => setAnswers(event.currentTarget.value as Answers | "")}>
          <option value="">{t("teach.find_out")}</option>
          {ANSWERS.map((each) => <option key={each} value={each}>{t(`teach.where.${each}`)}</option>)}
        </HTMLSelect>
        <WriteButton needs="add" intent="primary" disabled={!isReady} onClick={() => void teach()}>{t("teach.learn")}</WriteButton>
      </div>
    </section>
  );
}
