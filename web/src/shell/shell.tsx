// The frame of all screens of a case: the bar with its links, what goes on, and the screen below.
import { Button, ButtonGroup, Menu, MenuDivider, MenuItem, Popover } from "@blueprintjs/core";
import { Help, Moon, Translate } from "@blueprintjs/icons";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Link, useLocation } from "wouter";

import { LANGUAGES } from "../i18n/text";
import { useText } from "../i18n/use-text";
import { useKeys } from "../keys/use-keys";
import { useTrouble } from "../api/trouble";
import { useCase, useMay } from "./case";
import { KeyHelp } from "./help";
import { Boundary } from "./states";
import { THEMES, useTheme } from "./theme";

const LINKS = ["overview", "queue", "search", "documents", "network", "lists", "journal", "settings"] as const;

export function Shell({ children }: { children: ReactNode }) {
  const { t, word } = useText();
  const { name, info, working, session } = useCase();
  const may = useMay();
  const [path, navigate] = useLocation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeys({ help: () => setHelpOpen(true) });
  // A lead is reached from the queue and shows as part of it.
  const here = path.split("/")[1] || "overview";
  const place = here === "leads" ? "queue" : here === "people" ? "queue" : here;
  return (
    <div className="shell">
      <header className="shell-bar">
        <a className="skip" href="#main">{t("nav.skip")}</a>
        <Link href="/" className="shell-name">{t("app.name")}</Link>
        <span className="shell-case" title={t("nav.case", { name })}><bdi>{name}</bdi></span>
        <nav className="shell-nav" aria-label={t("nav.label")}>
          {LINKS.map((link) => (
            <Link key={link} href={link === "overview" ? "/" : `/${link}`} {...(place === link ? { "aria-current": "page" as const } : {})}>
              {t(`nav.${link}`)}
            </Link>
          ))}
        </nav>
        <span className="shell-space" />
        {may("judge") ? null : <span className="tag" title={t("readonly.role")}>{t("readonly.short")}</span>}
        {session.is_alone ? null : (
          <form className="shell-account" method="post" action="/logout">
            <a className="shell-user" href="/account" title={t("nav.account")}><bdi>{session.user}</bdi></a>
            <input type="hidden" name="csrf" value={session.csrf} />
            <button type="submit" className="plain shell-out">{t("nav.sign_out")}</button>
          </form>
        )}
        <ButtonGroup variant="minimal">
          <Choices />
          <Button icon={<Help />} aria-label={t("nav.help")} title={t("nav.help")} onClick={() => setHelpOpen(true)} />
        </ButtonGroup>
      </header>
      <TroubleNotice />
      <div role="status">
        {working ? (
          <div className="shell-notice">
            <progress {...(working.total ? { max: working.total, value: working.done } : {})} aria-label={t("work.running")} />
            <span>{t("label", { label: t("work.running") })} {word("job", working.kind)} <span className="soft">{working.task}</span></span>
            {working.total ? <span className="number">{t("work.done", { done: working.done, total: working.total })}</span> : null}
          </div>
        ) : info?.needs_run ? (
          <div className="shell-notice">
            <span>{t("work.needs_run")}</span>
            <Button size="small" onClick={() => navigate("/settings")}>{t("work.go")}</Button>
          </div>
        ) : null}
      </div>
      <main id="main" className="shell-main" tabIndex={-1}>
        <Boundary place={path}>{children}</Boundary>
      </main>
      <KeyHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

/** How long it takes until it is tried again, in milliseconds. Chosen by hand. */
const AGAIN_MS = 10_000;

/** What keeps the server from its work, on every screen, until it works again. */
function TroubleNotice() {
  const { t } = useText();
  const { name, calls } = useCase();
  const client = useQueryClient();
  const trouble = useTrouble();
  useEffect(() => {
    if (!trouble) return undefined;
    const timer = window.setInterval(() => void calls.case().catch(() => undefined), AGAIN_MS);
    return () => {
      window.clearInterval(timer);
      // It is over: what could not be read is read now.
      void client.invalidateQueries({ queryKey: [name] });
    };
  }, [calls, client, name, trouble]);
  return (
    <div role="alert">
      {trouble ? (
        <div className="shell-notice shell-trouble">
          <strong>{t(`trouble.${trouble}`)}</strong> <span>{t(`trouble.${trouble}_about`)}</span>
          <Button size="small" onClick={() => void calls.case().catch(() => undefined)}>{t("state.retry")}</Button>
        </div>
      ) : null}
    </div>
  );
}

/** Language and theme. */
function Choices() {
  const { t, language, choose } = useText();
  const { theme, choose: chooseTheme } = useTheme();
  return (
    <>
      <Popover
        minimal placement="bottom-end"
        content={(
          <Menu aria-label={t("nav.language")}>
            {LANGUAGES.map((each) => (
              <MenuItem key={each} text={t(`language.${each}`)} lang={each} selected={each === language} roleStructure="listoption" onClick={() => choose(each)} />
            ))}
          </Menu>
        )}
      >
        <Button icon={<Translate />} aria-label={t("nav.language")} title={t("nav.language")} />
      </Popover>
      <Popover
        minimal placement="bottom-end"
        content={(
          <Menu aria-label={t("nav.theme")}>
            <MenuDivider title={t("nav.theme")} />
            {THEMES.map((each) => (
              <MenuItem key={each} text={t(`theme.${each}`)} selected={each === theme} roleStructure="listoption" onClick={() => chooseTheme(each)} />
            ))}
          </Menu>
        )}
      >
        <Button icon={<Moon />} aria-label={t("nav.theme")} title={t("nav.theme")} />
      </Popover>
    </>
  );
}
