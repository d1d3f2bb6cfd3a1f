// The screens and their addresses. Each screen is a chunk of its own, read when it is first shown.
import { BlueprintProvider } from "@blueprintjs/core";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link, Redirect, Route, Switch } from "wouter";

import { listCases, readSession } from "./api/calls";
import { Problem, setCsrf, whenSignedOut } from "./api/client";
import { TextProvider, useText } from "./i18n/use-text";
import { KeysProvider } from "./keys/keys-provider";
import { LatinProvider } from "./parts/latin";
import { CaseProvider } from "./shell/case";
import { Shell } from "./shell/shell";
import { Failed, Nothing, Waiting } from "./shell/states";
import { ThemeProvider } from "./shell/theme";
import { ToastProvider } from "./shell/toasts";
import { BlindProvider } from "./work/blind";

const Overview = lazy(() => import("./screens/overview/overview"));
const Queue = lazy(() => import("./screens/queue/queue"));
const Lead = lazy(() => import("./screens/lead/lead"));
const Person = lazy(() => import("./screens/person/person"));
const Documents = lazy(() => import("./screens/documents/documents"));
const DocumentViewer = lazy(() => import("./screens/documents/viewer"));
const Search = lazy(() => import("./screens/search/search"));
const Network = lazy(() => import("./screens/network/network"));
const Lists = lazy(() => import("./screens/lists/lists"));
const Journal = lazy(() => import("./screens/journal/journal"));
const Settings = lazy(() => import("./screens/settings/settings"));

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // Events tell what changed; nothing is asked for again without need.
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 503 && error.code !== "no_log" || error.status === 0),
    },
  },
});

// The page of the server that signs people in is no screen of ours; it leads back here.
whenSignedOut(() => {
  const { pathname, search } = window.location;
  window.location.assign(`/login?${new URLSearchParams({ next: pathname + search }).toString()}`);
});

export function App() {
  return (
    <BlueprintProvider>
      <TextProvider>
        <ThemeProvider>
          <KeysProvider>
            <QueryClientProvider client={client}>
              <BlindProvider><LatinProvider><ToastProvider>
                <Switch>
                  <Route path="/c/:case" nest>{(params) => <InCase name={params.case} />}</Route>
                  <Route><Cases /></Route>
                </Switch>
              </ToastProvider></LatinProvider></BlindProvider>
            </QueryClientProvider>
          </KeysProvider>
        </ThemeProvider>
      </TextProvider>
    </BlueprintProvider>
  );
}

function InCase({ name }: { name: string }) {
  const { data: session, error, refetch } = useQuery({
    queryKey: ["session"], queryFn: ({ signal }) => readSession(signal), staleTime: Infinity,
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!session) return <Waiting />;
  setCsrf(session.csrf);
  return (
    <CaseProvider name={decodeURIComponent(name)} session={session}>
      <Shell>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/"><Overview /></Route>
            <Route path="/queue"><Queue /></Route>
            <Route path="/leads/:id">{({ id }) => <Lead id={decodeURIComponent(id)} />}</Route>
            <Route path="/people/:id">{({ id }) => <Person id={decodeURIComponent(id)} />}</Route>
            <Route path="/documents"><Documents /></Route>
            <Route path="/documents/:id">{({ id }) => <DocumentViewer id={decodeURIComponent(id)} />}</Route>
            <Route path="/search"><Search /></Route>
            <Route path="/network"><Network /></Route>
            <Route path="/lists"><Lists /></Route>
            <Route path="/journal"><Journal /></Route>
            <Route path="/settings"><Settings /></Route>
            <Route><NoScreen /></Route>
          </Switch>
        </Suspense>
      </Shell>
    </CaseProvider>
  );
}

function NoScreen() {
  const { t } = useText();
  return <Nothing title={t("state.no_screen")}><Link href="/">{t("nav.overview")}</Link></Nothing>;
}

/** The cases that are served; with one there is nothing to choose. */
function Cases() {
  const { t } = useText();
  const { data, error, refetch } = useQuery({ queryKey: ["cases"], queryFn: ({ signal }) => listCases(signal) });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (data.length === 1 && data[0]) return <Redirect to={`/c/${encodeURIComponent(data[0].name)}`} replace />;
  return (
    <main className="screen">
      <h1>{t("cases.title")}</h1>
      {data.length === 0 ? <Nothing title={t("cases.none")}>{t("cases.none_hint")}</Nothing> : (
        <ul className="stack">
          {data.map((each) => (
            <li key={each.name}>
              <Link href={`/c/${encodeURIComponent(each.name)}`}><bdi>{each.name}</bdi></Link>{" "}
              <span className="soft">{t("leads#", { n: each.people })}</span>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
