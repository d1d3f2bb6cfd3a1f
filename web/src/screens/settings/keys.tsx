// The keys of this browser: press the button, then the key. A key that has another use is refused.
import { Button } from "@blueprintjs/core";
import { useEffect, useState } from "react";

import { useText } from "../../i18n/use-text";
import { type Action, clash, DEFAULT_KEYS } from "../../keys/keymap";
import { useChosenKeys } from "../../keys/keys-provider";
import { KEY_GROUPS } from "../../shell/help";
import { useToast } from "../../shell/toasts";

/** Keys that only change others, or that the browser needs. */
const NOT_ALONE = /^(Shift|Control|Alt|Meta|OS|CapsLock|Tab)/;

export function Keys() {
  const { t, word } = useText();
  const { keys, labels, choose } = useChosenKeys();
  const show = useToast();
  const [waiting, setWaiting] = useState<Action>();
  useEffect(() => {
    if (!waiting) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (NOT_ALONE.test(event.code)) return;
      event.preventDefault();
      event.stopPropagation();
      setWaiting(undefined);
      if (event.code === "Escape") return;
      const next = { ...keys, [waiting]: { code: event.code, ...(event.shiftKey ? { shift: true } : {}) } };
      const clashing = clash(next);
      if (clashing) show({ text: t("settings.key_taken", { action: word("keys.action", clashing[0] === waiting ? clashing[1] : clashing[0]) }), kind: "warning" });
      else choose(next);
    };
    // Before the keys of the screens hear it.
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [waiting, keys, choose, show, t, word]);
  return (
    <section className="sheet">
      <div className="row"><h2>{t("keys.title")}</h2><Button className="end" size="small" onClick={() => choose(DEFAULT_KEYS)}>{t("settings.keys_reset")}</Button></div>
      <p className="soft small">{t("settings.keys_about")}</p>
      <div className="key-groups">
        {KEY_GROUPS.map((group) => (
          <section key={group.name}>
            <h3>{t(`keys.group.${group.name}`)}</h3>
            <ul className="settings-keys">
              {group.actions.map((action) => (
                <li key={action}>
                  <Button size="small" active={waiting === action} aria-label={t("settings.key_change", { action: word("keys.action", action), key: labels[action] })} onClick={() => setWaiting(action)}>
                    {waiting === action ? t("settings.key_press") : <bdi dir="ltr">{labels[action]}</bdi>}
                  </Button>
                  <span>{word("keys.action", action)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}
