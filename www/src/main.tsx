import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { startLanguage } from "./i18n";

startLanguage().then(
  () => {
    const root = document.getElementById("root");
    if (root) createRoot(root).render(<App />);
  },
  () => {
    document.body.textContent = "The page did not load. Reload it. / 页面没有加载成功，请刷新。";
  },
);
