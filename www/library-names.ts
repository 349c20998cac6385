import type { Plugin } from "vite";

/** Where libraries name things for screen readers in English alone, and what is said in its place. */
const NAMES: readonly { file: RegExp; replace: readonly [english: string, ours: string][] }[] = [
  { file: /@ant-design\/icons\/es\/components\/AntdIconLight\.js$/, replace: [['role: "img",\n    "aria-label": icon.name', "...iconName(icon.name)"]] },
  { file: /@rc-component\/dialog\/es\/Dialog\/Content\/Panel\.js$/, replace: [['"aria-label": "Close"', '"aria-label": said("close")']] },
  { file: /@rc-component\/segmented\/es\/index\.js$/, replace: [['"aria-label": "segmented control"', '"aria-label": said("choice")']] },
  { file: /@rc-component\/input-number\/es\/StepHandler\.js$/, replace: [["'Increase Value'", 'said("increase")'], ["'Decrease Value'", 'said("decrease")']] },
  { file: /antd\/es\/collapse\/Collapse\.js$/, replace: [["'expanded'", 'said("expanded")'], ["'collapsed'", 'said("collapsed")']] },
];

/** Gives what libraries name in English the page's own texts. A library that changes its code stops the build. */
export const libraryNames: Plugin = {
  name: "library-names",
  apply: "build",
  transform(code, id) {
    const found = NAMES.find(({ file }) => file.test(id));
    if (!found) return undefined;
    let changed = code;
    for (const [english, ours] of found.replace) {
      if (!changed.includes(english)) this.error(`${id} no longer has ${english}`);
      changed = changed.replaceAll(english, ours);
    }
    return { code: `import { iconName, said } from "/src/i18n/library";\n${changed}`, map: null };
  },
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
    for (const { file } of NAMES) if (!modules.some((id) => file.test(id))) this.error(`there is no ${file} any more`);
  },
};
