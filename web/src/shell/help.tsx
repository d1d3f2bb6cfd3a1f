// The keys and what they do, as they are set in this browser.
import { Dialog, DialogBody } from "@blueprintjs/core";

import { useText } from "../i18n/use-text";
import type { Action } from "../keys/keymap";
import { useKeyLabels } from "../keys/keys-provider";

export const KEY_GROUPS: readonly { readonly name: "move" | "judge" | "decide" | "work" | "page"; readonly actions: readonly Action[] }[] = [
  { name: "move", actions: ["next", "previous", "goto", "open", "select", "queue", "search", "nextMatch", "network", "help"] },
  { name: "judge", actions: ["same", "different", "unsure", "related", "clear", "undo"] },
  { name: "decide", actions: ["status1", "status2", "status3", "status4", "status5", "status6", "second", "blind"] },
  { name: "work", actions: ["correct", "note", "tag", "assign", "life", "grade", "handling", "split", "refer"] },
  { name: "page", actions: ["nextPage", "previousPage", "zoomIn", "zoomOut", "rotate", "latin"] },
];

export function Kbd({ action }: { action: Action }) {
  const labels = useKeyLabels();
  return <kbd aria-hidden="true" dir="ltr">{labels[action]}</kbd>;
}

export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t, word } = useText();
  const labels = useKeyLabels();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("keys.title")} className="key-help">
      <DialogBody>
        <p className="soft">{t("keys.about")}</p>
        <div className="key-groups">
          {KEY_GROUPS.map((group) => (
            <section key={group.name}>
              <h3>{t(`keys.group.${group.name}`)}</h3>
              <dl>
                {group.actions.map((action) => (
                  <div key={action}><dt><kbd dir="ltr">{labels[action]}</kbd></dt><dd>{word("keys.action", action)}</dd></div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogBody>
    </Dialog>
  );
}
