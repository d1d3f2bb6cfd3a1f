// Who works on the case and in which role; and, for who manages the desk, its accounts. Roles and
// what they may do are the server's: these screens only ask.
import { Button, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { listUsers, type UserChange, changeUser, addUser } from "../../api/calls";
import { type Role, ROLES, type User } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Code } from "../../parts/bidi";
import { WriteButton } from "../../parts/write-button";
import { useCase, useMay } from "../../shell/case";
import { Failed, useFailure, Waiting } from "../../shell/states";
import { useToast } from "../../shell/toasts";

/** Tells what went wrong, and has what is shown read anew. */
function useChange(key: readonly string[]) {
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  return async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const { text, hint } = failure(error);
      show({ text: hint ? `${text} ${hint}` : text, kind: "failed" });
      return undefined;
    } finally {
      void client.invalidateQueries({ queryKey: key });
    }
  };
}

export function Members() {
  const { t } = useText();
  const { name, calls, session } = useCase();
  const may = useMay();
  const change = useChange([name, "members"]);
  const isShown = may("members") && !session.is_alone;
  const { data, error, refetch } = useQuery({
    queryKey: [name, "members"], queryFn: ({ signal }) => calls.members(signal), enabled: isShown,
  });
  const [added, setAdded] = useState("");
  const [role, setRole] = useState<Role>("analyst");
  if (!isShown) return null;
  const add = (event: FormEvent) => {
    event.preventDefault();
    void change(() => calls.putMember(added.trim(), role)).then(() => setAdded(""));
  };
  return (
    <section className="sheet">
      <h2>{t("people.members")}</h2>
      <p className="soft small">{t("people.members_about")}</p>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting /> : (
        <table className="plain">
          <thead><tr><th>{t("people.name")}</th><th>{t("people.role")}</th><th /></tr></thead>
          <tbody>
            {data.map((member) => (
              <tr key={member.name}>
                <td><bdi>{member.name}</bdi></td>
                <td><RoleChoice role={member.role} label={t("people.role_of", { name: member.name })} choose={(next) => void change(() => calls.putMember(member.name, next))} /></td>
                <td><WriteButton needs="members" size="small" onClick={() => void change(() => calls.deleteMember(member.name))}>{t("people.take_out")}</WriteButton></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form className="row row-wrap" onSubmit={add}>
        <InputGroup dir="auto" value={added} placeholder={t("people.name")} aria-label={t("people.name")} onChange={(event) => setAdded(event.currentTarget.value)} />
        <RoleChoice role={role} label={t("people.role")} choose={setRole} />
        <WriteButton needs="members" type="submit" disabled={!added.trim()}>{t("people.add_member")}</WriteButton>
      </form>
    </section>
  );
}

function RoleChoice({ role, label, choose }: { role: Role; label: string; choose: (role: Role) => void }) {
  const { t } = useText();
  return (
    <HTMLSelect value={role} aria-label={label} onChange={(event) => choose(event.currentTarget.value as Role)}>
      {ROLES.map((each) => <option key={each} value={each}>{t(`role.${each}`)}</option>)}
    </HTMLSelect>
  );
}

export function Users() {
  const { t } = useText();
  const { session } = useCase();
  const change = useChange(["users"]);
  const { data, error, refetch } = useQuery({
    queryKey: ["users"], queryFn: ({ signal }) => listUsers(signal), enabled: session.is_admin,
  });
  const [added, setAdded] = useState("");
  const [link, setLink] = useState<{ name: string; link: string }>();
  if (!session.is_admin) return null;
  const add = (event: FormEvent) => {
    event.preventDefault();
    void change(() => addUser(added.trim())).then((made) => {
      setLink(made);
      if (made) setAdded("");
    });
  };
  const act = (user: User, what: UserChange) => void change(() => changeUser(user.name, what)).then((made) => made && setLink(made));
  return (
    <section className="sheet">
      <h2>{t("people.users")}</h2>
      <p className="soft small">{t("people.users_about")}</p>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting /> : (
        <table className="plain">
          <thead><tr><th>{t("people.name")}</th><th>{t("people.state")}</th><th /></tr></thead>
          <tbody>
            {data.map((user) => (
              <tr key={user.name}>
                <td><bdi>{user.name}</bdi>{user.is_admin ? <span className="tag">{t("role.admin")}</span> : null}</td>
                <td className="small">{user.is_disabled ? t("people.shut") : user.has_password ? (user.has_codes ? t("people.with_codes") : t("people.without_codes")) : t("people.waits")}</td>
                <td className="row">
                  <Button size="small" onClick={() => act(user, "reset")}>{t("people.reset")}</Button>
                  {user.name === session.user ? null : <Button size="small" onClick={() => act(user, user.is_disabled ? "enable" : "disable")}>{user.is_disabled ? t("people.open") : t("people.shut_it")}</Button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {link ? <p role="status">{t("people.link", { name: link.name })} <Code text={new URL(link.link, window.location.href).href} /></p> : null}
      <form className="row row-wrap" onSubmit={add}>
        <InputGroup dir="auto" value={added} placeholder={t("people.name")} aria-label={t("people.new_name")} onChange={(event) => setAdded(event.currentTarget.value)} />
        <Button type="submit" disabled={!added.trim()}>{t("people.add_user")}</Button>
      </form>
    </section>
  );
}
