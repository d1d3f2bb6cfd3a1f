// Where the screens begin: styles, then the app.
import "@blueprintjs/core/lib/css/blueprint.css";
import "./styles/faces.css";
import "./styles/base.css";
import "./styles/parts.css";

import { FocusStyleManager } from "@blueprintjs/core";
import { createRoot } from "react-dom/client";

import { App } from "./app";

// The ring around what has the focus shows for keys, not for clicks.
FocusStyleManager.onlyShowFocusOnTabs();

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
